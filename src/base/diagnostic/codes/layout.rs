//! Codes of layouts, of the fixed words of languages, of fonts and of typesetting.

use super::super::code::codes;

codes! { CODES:
    UNKNOWN_LAYOUT E0401 Layout "there is no layout of that name"
        "It is neither in the program nor in the folder `layouts` next to the source."
        "gmg-export --layout sceen"
        "Write a name from `gmg-export list`, or the path of a folder, such as ./my-layout.";
    NOT_A_LAYOUT E0402 Layout "a path is not a layout"
        "A layout is a folder with a file layout.yaml."
        "gmg-export --layout ./source"
        "Give the folder of a layout; `extends: screen` in its layout.yaml takes over what it leaves out.";
    LAYOUT_UNREADABLE E0403 Layout "files of a layout cannot be read"
        "The system refuses to read the folder, or a file in it is larger than 64 MiB."
        "layouts/mine with a file that nobody may read"
        "See that you may read the folder and everything in it.";
    EXTENDS_CIRCLE E0404 Layout "a layout extends itself"
        "Layouts refer back to one another by `extends`, or through more than eight."
        "extends: a        # and a says `extends: b`"
        "Take the `extends:` line out of one of the layouts.";
    MISSING_TOKEN E0405 Layout "a layout leaves out a value"
        "A layout that extends no other must set every value itself."
        "page: {width: 210mm}        # and no height"
        "Add it, or let the layout say `extends: screen`.";
    NO_ROOM E0406 Layout "the margins leave no room for text"
        "Less than an inch is left between them."
        "page: {width: 100mm, inside: 50mm, outside: 40mm}"
        "Make the page larger or the margins smaller.";
    MIXED_COLOURS E0407 Layout "a layout mixes screen colours with inks"
        "A press file must be in inks throughout."
        "colours: {text: '#000000', accent: 'cmyk(0, 50, 100, 0)'}"
        "Give all colours with #, for the screen, or all as cmyk(…), for the press.";
    OUT_OF_RANGE E0408 Layout "a measure of a layout is out of its range"
        "A size, width, depth or limit is beyond what can be set or printed."
        "sizes: {text: 500pt}"
        "Write a value in the range that the message names.";
    LINES_TOO_CLOSE E0409 Layout "the lines are closer than the text is high"
        "They would be printed over one another."
        "sizes: {text: 12pt, line: 10pt}"
        "Make `line` larger than `text`.";
    NO_WORDS E0410 Source "a language has no fixed words"
        "Words such as “Contents” are taken from a file for each language, and there is none for this one."
        "language: tlh"
        "Choose another language, or write layouts/strings/<language>.yaml; `gmg-export schema strings` lists its fields.";
    WORDS_UNREADABLE E0411 Layout "the fixed words of a language cannot be read"
        "The system refuses to read the file."
        "layouts/strings/tlh.yaml that nobody may read"
        "See that you may read the file.";
    MONTHS E0412 Layout "a year does not have twelve months"
        "The list `months` of a language is too short or too long."
        "months: [January, February]"
        "Write the names of all twelve months.";
    PLACE_IN_WORDS E0413 Layout "fixed words lack a placeholder, or have one that nothing fills"
        "Texts such as `date` have placeholders in braces for what is filled in."
        "meeting: Meeting        # without {n}"
        "Write the placeholders that the message names.";
    UNKNOWN_PROFILE E0414 Layout "there is no colour profile of that name"
        "Names are those of the profiles in the program; others are given by the path of their file."
        "--profile coated"
        "Write a name that the message lists, or a path such as ./printer.icc.";
    PROFILE_UNREADABLE E0415 Io "a colour profile cannot be read"
        "The file is not there, or the system refuses to read it."
        "--profile ./printr.icc"
        "Give the path of the printer's ICC file.";
    PROFILE_UNFIT E0416 Layout "a colour profile is not for a press"
        "The file is damaged, or is the profile of a screen."
        "--profile ./monitor.icc"
        "Ask the printer for the ICC profile of the press and the paper.";
    FOR_SCREENS E0417 Layout "a layout for screens is asked for on a press"
        "Its colours are not inks."
        "gmg-export --format press --layout screen"
        "Leave out --layout for the layout `print`, or give one that `extends: print`.";
    CREEP E0418 Layout "the creep moves pages further than their bleed"
        "Paper would show at the edge."
        "press: {creep: 2mm, impose: signatures-32}"
        "Set the creep smaller, give more bleed, or use smaller signatures.";
    PAGE_SIZES E0419 Layout "a page is larger than its place on the sheet"
        "It would be cut off."
        "one wide page among upright ones"
        "Make the page smaller, or all pages as large as it is.";
    SHEET_TOO_SMALL E0420 Layout "the sheet is too small for its pages"
        "Pages, bleed and marks need more paper."
        "--sheet A4 with pages of A4 and marks"
        "Choose a larger sheet, or auto.";
    SMALL_PAGE W0421 Layout "a page is smaller than its place on the sheet"
        "It is centred in its place."
        "one small page among larger ones"
        "Leave it if it is intended, or make all pages the same size.";
    NO_TEMPLATE E0422 Layout "a layout has no template"
        "Typesetting starts at the file report.typ."
        "a layout folder with layout.yaml alone, without `extends`"
        "Add the template, or let layout.yaml say `extends: screen`.";
    UNKNOWN_FAMILY E0423 Layout "a layout names a font that is not there"
        "No font file in the program, in `fonts` or in the layout's folder is of that family."
        "fonts: {text: Nope}"
        "Add the font's file, or name one of those that the message lists.";
    HALF_TRANSLATED W0430 Layout "fixed words of a language are still English"
        "A file of fixed words was copied from the English one and not translated to the end."
        "contents: Contents        # in layouts/strings/pl.yaml"
        "Translate the words that the message names.";
    SPACING E0460 Layout "the spaces of a language are none"
        "Letters or digits are named where marks are, more than one character parts thousands, or a short word is empty or several words."
        "spacing: {space_after: \"true\"}        # in layouts/strings/fr.yaml"
        "Write marks alone, such as `;!?`, one character that parts thousands, and each short word by itself.";
    NO_WORD E0461 Layout "a fixed word is none"
        "It says nothing, holds a character that nobody sees, or names two months alike."
        "contents: \"\"        # in layouts/strings/fr.yaml"
        "Write the word, or delete its line for the one that is built in.";
    UNREAD_FILE W0462 Layout "a file looks as if a layout read it, and none does"
        "Its name or its folder is not one that is looked for: words of a language, fonts, pictures and layout.yaml have places of their own."
        "layouts/strings/english.yaml        layouts/mine/layout.yml        fonts/ours.otf"
        "Rename or move it as the message says; `gmg-export help layouts` lists the places.";
    WORDS_TOO_LONG E0470 Layout "fixed words are too long"
        "They stand in headings, running heads and lists, where a whole text would fill the page."
        "contents: Contents of this report, which …"
        "Shorten them.";
}

codes! { TYPESETTING:
    TEMPLATE E0501 Layout "a template cannot be typeset"
        "The typesetter found a mistake in a template, or warns of one."
        "#set text(font: \"Nowhere Sans\")"
        "Correct the template at the place that the message names.";
    BAD_FONT E0502 Layout "a file is not a font"
        "Fonts are OpenType or TrueType files."
        "fonts/sans.woff2"
        "Put an .otf, .ttf, .otc or .ttc file in its place.";
    FONT_UNREADABLE E0503 Layout "a font cannot be read"
        "The system refuses to read the file, or it is larger than 64 MiB."
        "fonts/sans.ttf that nobody may read"
        "See that you may read the file.";
    NO_GLYPH E0504 Source "no font has a character of the text"
        "Readers would see an empty box."
        "title: \u{0E41}\u{0E21}\u{0E48}\u{0E19}\u{0E49}\u{0E33}      # Thai letters"
        "Write it differently, or put a font that has it into a folder `fonts` of the layout.";
    EMPTY_GLYPH E0505 Layout "a font draws nothing for characters of the page"
        "The fonts lack a combination of characters, or a word of the layout."
        "a letter with two accents"
        "Add a font that has them to the layout's folder `fonts`.";
    OFF_THE_PAGE E0506 Layout "text runs off the page"
        "A word or line is longer than the page is wide."
        "a caption of one word of 200 letters"
        "Shorten or divide it; running heads take `short_title` and `running_title`.";
    PDF_WRITER E0507 Layout "the PDF writer failed on a page"
        "This is a fault of the typesetter, on rare positions of page breaks."
        "a list that ends exactly at the foot of a page"
        "Change a paragraph near the page break, and report it with the report's source.";
    SLUG_FONT E0508 Layout "the font for the slug line has no upright style"
        "The line in the margin of print sheets is set in the regular style of the sans-serif font."
        "fonts/ with the bold style alone"
        "Add the regular style to the layout's fonts.";
    HANDED_OVER E0509 Layout "the report cannot be passed to the templates"
        "This is a fault of the program: data that JSON cannot express."
        "a measure that is no number"
        "Report it with the report's source.";
    PDF_STANDARDS E0510 Layout "the standards of the PDF exclude one another"
        "This is a fault of the program: it asks the typesetter for standards that do not go together."
        "PDF/A-2a with PDF/UA-2"
        "Report it with the version of the program.";
    TABLE_TOO_WIDE E0511 Layout "a table fits on no page"
        "Its figures and words are wider than a page, even in the smallest type for tables and turned."
        "a table of 24 columns of ten-digit sums"
        "Divide it, turn rows and columns around, or write figures in thousands or millions; `sizes.table_least` of the layout is the smallest type.";
    TEXT_ON_TEXT E0512 Layout "words stand on each other"
        "What cannot be broken is wider than its place and reaches into what stands next to it."
        "a label of 60 letters in a narrow column"
        "Shorten it, or divide it by a space or a hyphen.";
    PARTED_NOTE W0580 Layout "a footnote is on another page than its mark"
        "The pages were set several times, and the note still has no room below its mark, such as behind a longer one."
        "two marks in one line, where the first note is longer than the page"
        "Move the mark, shorten the note, or change the text before it by a line.";
    REPLACED_SIGN W0581 Source "no font has a sign of the text"
        "On the pages its Unicode name stands for it, in brackets; a private character, which has no name, is given by its number. Word and plain text keep the sign."
        "at 10 o'clock \u{1D129} every day"
        "Write it in words, or put a font that has it into a folder `fonts` of the layout.";
    PAGE_FAULT W0590 Layout "a page would not pass a proofreader"
        "A look over the pages saw it: a line that stands alone, a loose line, a title at the foot of a page. `proof` of the layout says what it lets pass."
        "a paragraph whose last line opens a page"
        "Change the text near the place by a few words, or move the picture or table.";
}
