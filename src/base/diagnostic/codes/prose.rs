//! Codes of prose: characters, Markdown, links and footnotes.

use super::super::code::codes;

codes! { CODES:
    UNPRINTABLE E0301 Source "a character cannot be printed"
        "Control characters and the like get in when text is pasted from a PDF or a word processor; a letter carries at most 30 marks."
        "text: a form feed (U+000C) between two words"
        "Delete it.";
    DIRECTION_MARK E0302 Source "a mark of direction has no pair"
        "It would reverse whatever follows it on the page."
        "U+202B without U+202C after it"
        "Delete it, or pair it within the same text.";
    BROKEN_LINK E0303 Source "a link is written wrongly"
        "It would be printed as it stands, brackets and all."
        "[the agency](org: unhcr)"
        "Write where it goes without spaces; its text must not contain another link or a footnote's mark.";
    BROKEN_MARK E0304 Source "the mark of a footnote is written wrongly"
        "It would be printed as it stands."
        "[^see below]"
        "Write its name as one word, as in [^1]; for a plain bracket write \\[.";
    RAW_HTML E0305 Source "there is HTML in prose"
        "Word files and mails cannot use it."
        "Rivers<br>and seas"
        "For a plain < write \\<; for a line break end the line with a backslash.";
    RULE E0306 Source "there is a rule in prose"
        "A line of hyphens would divide the text without a heading."
        "---"
        "Delete it; use `sections` to divide a text.";
    TASK_LIST E0307 Source "there is a list with boxes to tick"
        "Nobody can tick a box on paper."
        "- [x] done"
        "Write a plain list.";
    FORMULA E0308 Source "there is a formula in prose"
        "Formulas cannot be set in all formats."
        "$x^2$"
        "Write it in words.";
    OPEN_CODE E0309 Source "a block of code is not closed"
        "It would continue to the end of the text."
        "```\ncode"
        "End it with a line of three backticks.";
    HEADING E0310 Source "there is a heading in prose"
        "Headings are those of sections, so that contents list and numbers agree."
        "## Rivers"
        "Make it a section of its own; a line of text directly above `---` is a heading too.";
    TOO_DEEP E0312 Source "lists, quotations or emphasis are nested too deep"
        "Word has nine levels of lists, and no reader follows more."
        "- a\n  - b\n    - c …"
        "Separate the inner ones, or remove them.";
    NOTE_TWICE E0313 Source "a footnote is defined twice"
        "Its mark could not tell which of the two is meant."
        "[^a]: One.\n[^a]: Two."
        "Delete one of the two, or give it a name of its own.";
    UNUSED_NOTE E0314 Source "no text refers to a footnote"
        "A footnote without a mark would not be printed."
        "[^a]: A note.        # and no [^a] in the text"
        "Put its mark into the text, or delete the note.";
    UNKNOWN_NOTE E0315 Source "a mark refers to no footnote"
        "The footnote is missing, or its name is misspelt."
        "A claim.[^surce]"
        "Define it in the same text with a line `[^name]: …`, or in the chapter's `footnotes`.";
    NOTE_MISPLACED E0317 Source "a footnote's mark is in a place where there can be none"
        "Footnotes and the imprint have no footnotes of their own."
        "[^a]: A note.[^b]"
        "Put what it says into the text itself.";
    NOTE_IN_LINK E0318 Source "a footnote's mark is inside a link"
        "One click cannot lead to two places."
        "[the agency[^a]](org:unhcr)"
        "Put the mark after the link.";
    NOTE_START E0319 Source "a footnote does not start with a paragraph"
        "Its number needs a line of text."
        "[^a]: - A point"
        "Write its text first.";
    NOT_IN_CELL E0320 Source "something is in a cell, table note or footnote that has no place there"
        "Only paragraphs and lists can be there."
        "rows: [[\"> a quotation\"]]"
        "Take it out, or write it as a paragraph.";
    EMPTY_BLOCK E0321 Source "a quotation, a box, a list or a block of code is empty"
        "There is markup around nothing, or a title or a field without content."
        ">"
        "Delete it.";
    LINK_TITLE E0322 Source "a link has a title"
        "It would be seen on a screen alone."
        "[the agency](org:unhcr \"Refugees\")"
        "Put what it says into the text of the link.";
    PICTURE_IN_LINE E0323 Source "a picture is inside a line"
        "Pictures stand alone, so that they can be described and placed."
        "Here ![a map](map.png) is the map."
        "Put it into a paragraph of its own, with an empty line before and after it.";
    LINK_NOWHERE E0324 Source "a link goes nowhere"
        "There is nothing between its parentheses."
        "[the agency]()"
        "Write where it goes.";
    NO_FOREIGN_WORDS E0325 Source "a mark of another language is around nothing"
        "There are no words in that language."
        "[](lang:de)"
        "Write the words between the brackets.";
    UNKNOWN_TARGET E0326 Source "a cross-reference points to nothing"
        "No chapter, section, table or figure has the id."
        "[the record](#first-meting)"
        "Write the id as it is there, or give the place that `id`.";
    NAMELESS_TARGET E0327 Source "a cross-reference without words points to something without a name"
        "What it points to has no number or title that could be put in."
        "[](#map)        # a figure without a caption"
        "Write the words of the link between its brackets.";
    TWO_MARKS E0328 Source "the mark of a list comes directly after another"
        "An item would hold nothing but another item."
        "- - Rivers"
        "Delete one of the two marks; if it is a dash or a minus, write \\- for it.";
    LIST_NUMBERS E0329 Source "the numbers of a list do not follow each other"
        "A list counts up from its first number, so the printed numbers would differ from the typed ones."
        "1. Rivers\n3. Seas"
        "Number the items one after the other; for numbers that are not part of a list write 3\\.";
    SPACE_IN_SCRIPT E0330 Source "superscript or subscript contains a space"
        "Two carets or tildes of a line may have been taken for a pair."
        "2^3 and 2^4"
        "Raise a few characters, as in 10^6^; for a plain sign write \\^ or \\~.";
    LOST_LINE E0331 Source "a line would not be printed"
        "Markdown reads it as the address of a link, and there is no such link."
        "[Note]: Rivers rise."
        "Write \\[ for its first bracket if it is text, or delete it.";
    MARKS_IN_PLAIN E0332 Source "a field of plain text has markup in it"
        "Names, alternative texts, the report's title and the like are printed as typed, marks included."
        "alt: \"*Rivers*, see [the agency](org:unhcr)\""
        "Take the markup out; marks, links and notes belong in texts, captions, credits, and titles of chapters and sections.";
    LOOSE_SIGN W0333 Source "a mark of markup is printed as it stands"
        "A star, tilde, caret or another sign looks like markup, but is none in this place, or none that this program has."
        "**Note:**this        {{< shortcode >}}        [words][no-such-address]"
        "Correct the markup, or put a backslash before a plain sign.";
    TYPEWRITTEN W0334 Source "typewriter characters are printed as typed"
        "Straight quotation marks and double hyphens are not those of print."
        "\"straight\" -- so"
        "Write “ ”, ’ and –; for plain ones put a backslash before them.";
    BARE_ADDRESS W0335 Source "an address is not a link"
        "Addresses that begin with https:// or http:// are links where it is certain where they end; this one is not."
        "See www.example.org."
        "Write <https://www.example.org>; for plain text put a backslash before its colon or first full stop.";
    SIGN_TAKEN W0336 Source "markup in a number, formula or name takes its signs away"
        "Stars between numbers, and underscores around a name of a program, are read as emphasis and not printed."
        "2*3*4, __init__"
        "Write \\* or × for a plain sign; put names of programs into backticks.";
    PRIVATE_SIGN W0340 Source "a private sign of Word's fonts"
        "A sign of the fonts Symbol or Wingdings came in with text from Word; it means nothing outside of them."
        "U+F0B7 Protection        # a bullet in Word"
        "Write the sign itself; before an item of a list write a hyphen and a space.";
    HIDDEN_CHARACTER W0341 Source "a character shows nothing"
        "A zero-width space, a tag or another invisible character stands in the text. It is left out: it can hide that two words differ."
        "Riv\u{200B}ers          # a zero-width space in the word"
        "Delete it.";
    PAGE_REFERENCE E0350 Source "a reference asks for its page where none is given"
        "Pages are known once everything is set; references in footnotes, tables, captions and titles are compared with the document word by word."
        "[^n]: See [](#levels page)."
        "Write the reference without `page`, or move it into the text.";
    WORDLESS_LINK W0360 Source "a link has no words"
        "There is nothing between its brackets, so its whole address is printed; screen readers would spell it."
        "[](https://www.example.org/a/long/way)"
        "Write where it goes between the brackets; to show the address write <https://www.example.org>.";
    LOST_CHARACTER W0361 Source "a character was lost"
        "U+FFFD is what a program writes for a character that it could not read; `&#0;` and the like give it, too."
        "caf\u{FFFD}"
        "Look the word up where it comes from, and type it again.";
    UNKNOWN_WORK E0362 Source "a citation names a work that there is not"
        "Keys of works stand in references.yaml or references.bib."
        "[@okafro2014]"
        "Correct the key, or add the work to the file.";
    BAD_CITATION E0363 Source "brackets with a key hold something else than a citation"
        "A citation is [@key], with a place [@key, p. 12], with words before it [see @key], or several with semicolons between them."
        "[@okafor2014; p. 12]"
        "Write one key in each part; for brackets that are text write \\[.";
    NO_REFERENCES E0364 Source "works are cited, and there is no file of works"
        "A citation takes what it says from references.yaml or references.bib."
        "[@okafor2014]        # without such a file"
        "Write the file, or put what is meant into a footnote; for brackets that are text write \\[.";
    JOINED_LINES W0370 Source "a list or heading is joined to the line above"
        "After `>` YAML joins the lines of a paragraph to one, so that a list, a heading or a table below it is none."
        "text: >\n  Two cities took part:\n  - Aberwick\n  - Brackholm"
        "Write `|` in place of `>`, which keeps the lines as they are.";
}
