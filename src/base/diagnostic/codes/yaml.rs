//! Codes of the source's files as YAML: encoding, syntax, fields. The files of layouts follow the same rules.

use super::super::code::codes;

codes! { CODES:
    NOT_UTF8 E0101 Source "a file is not encoded as UTF-8"
        "An old editor or a spreadsheet saved the file in another encoding, in which its bytes mean other characters."
        "a file that Notepad saved as “Unicode” or “ANSI”"
        "Save the file as UTF-8.";
    NULL_CHARACTER E0102 Source "a file contains a null character"
        "The file is not text, or was damaged in transit."
        "title: Rivers\u{2400}"
        "Write the file again, or take it from a copy.";
    EMPTY_FILE E0103 Source "a file is empty"
        "The file has no line that says anything; comments do not count."
        "# to be written"
        "Write its content, or delete the file and remove its name from `contents`.";
    SECOND_DOCUMENT E0104 Source "there is a line of three hyphens or points, or one of %YAML, inside a file"
        "In YAML such a line ends a document or starts a second one, and a file may have only one."
        "title: Rivers\n---\ndate: 2026-03-04"
        "Delete the line, or put what follows into a file of its own.";
    TAG E0105 Source "a value starts with an exclamation mark"
        "YAML takes the word for a tag, which would not be printed."
        "title: !Important news"
        "Put the value into quotation marks.";
    UNUSED_ANCHOR E0106 Source "a value starts with an ampersand"
        "YAML takes the word for an anchor; nothing refers to it, and it would not be printed."
        "title: &Sons and daughters"
        "Put the value into quotation marks.";
    UNKNOWN_ANCHOR E0107 Source "a value starts with a star"
        "YAML takes the word for a reference to an anchor, and there is none of that name."
        "title: *Rivers* of the world"
        "Put the value into quotation marks, or into a block after `|`.";
    ANCHORS_REPEAT E0108 Source "anchors repeat one another too often"
        "Parts that repeat parts that repeat parts make a small file as large as a library."
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]"
        "Write the repeated parts out.";
    NULL_VALUE E0109 Source "a value is the word null"
        "In YAML the word means that there is no value."
        "title: null"
        "Put it into quotation marks if it is text, or delete the field.";
    SILENT_COMMENT E0110 Source "a hash in a value starts a comment"
        "In YAML a # after a space starts a comment, which would not be printed."
        "title: The #1 river"
        "Put the value into quotation marks, or put a space after the # if a comment is meant.";
    UNKNOWN_FIELD E0111 Source "there is no such field"
        "A field is misspelt, or is in a place where it has no meaning."
        "subtitel: A report"
        "Correct its name, or move it to where it belongs; `gmg-export schema` lists the fields.";
    MISSING_FIELD E0112 Source "a field is missing"
        "Every entry of this kind needs the field."
        "- id: kelley        # without a name"
        "Add the field.";
    FIELD_TWICE E0113 Source "a field occurs twice"
        "Two fields of one entry have the same name; only one could be used."
        "title: Rivers\ntitle: Seas"
        "Delete one of the two.";
    SECOND_KEY E0114 Source "there is a second key where only one is allowed"
        "A chapter file has one key at its top, and a block has one after its hyphen."
        "section:\n  id: a\nappendix:\n  id: b"
        "Start a new file, or a new block with `- `.";
    NO_VALUE E0115 Source "a field has no value"
        "There is nothing after the colon."
        "title:"
        "Write the value, or delete the line.";
    NOT_TEXT E0116 Source "a field that must be text is something else"
        "Brackets, braces or a colon in the text make YAML take it for a list or for fields."
        "title: [Draft] Rivers"
        "Put the text into quotation marks.";
    NOT_A_LIST E0117 Source "a field that must be a list is something else"
        "The items of a list each start with a hyphen and a space."
        "contents: foreword.yaml"
        "Write each item on a line of its own after `- `.";
    NOT_FIELDS E0118 Source "something that must have fields has none"
        "The fields are missing, or a colon has no space after it."
        "section: Introduction"
        "Write each field on a line of its own, as `name: value`, indented below its parent.";
    NOT_A_BOOLEAN E0119 Source "a field is neither true nor false"
        "Other words, or quotation marks around these, are text."
        "front: yes"
        "Write true or false, without quotation marks.";
    NOT_A_NUMBER E0120 Source "a field that must be a number is something else"
        "The value has letters, a comma or a unit in it, or is beyond what the field takes."
        "ordinal: first"
        "Write it in digits, with a point for decimals.";
    UNKNOWN_WORD E0121 Source "a word is not one of those allowed here"
        "The field takes one of a few words, and this is none of them."
        "kind: pannel"
        "Write one of the words that the message lists.";
    NESTED_TOO_DEEP E0122 Source "lists and fields are nested too deep"
        "No report needs so many levels; probably a bracket is not closed."
        "a: [[[[[[[[ …"
        "Close what was opened before, or indent less.";
    FILE_TOO_LONG E0123 Source "a file is larger than any report"
        "It has more values than the program reads from one file."
        "a chapter file with two million values"
        "Divide it into several chapters.";
    TAB_INDENT E0124 Source "a tab is used for indentation"
        "YAML accepts only spaces for that."
        "section:\n\tid: a"
        "Indent with spaces.";
    COLON_IN_VALUE E0125 Source "a value contains a colon followed by a space"
        "YAML takes the words before the colon for the name of a field."
        "title: Rivers: a report"
        "Put the value into straight quotation marks.";
    INDENTATION E0126 Source "the indentation does not agree with the lines above"
        "Fields of one thing start in the same column, and text below `|` is indented deeper than its field."
        "title: Rivers\n  date: 2026-03-04"
        "Start the line in the same column as the fields next to it.";
    OPEN_QUOTE E0127 Source "a quotation mark is not closed"
        "The text continues to the end of the file."
        "title: \"Rivers"
        "Close it, or delete it; inside a text in quotation marks write \\\" for one of its own.";
    TEXT_AFTER_QUOTE E0128 Source "text follows a closing quotation mark or apostrophe"
        "In YAML the value ends with the mark."
        "title: \"Rivers\" and seas"
        "Put the whole value into quotation marks; write \\\" for those inside it, and two apostrophes for one between apostrophes.";
    UNKNOWN_ESCAPE E0129 Source "a backslash is followed by a letter that means nothing after it"
        "Between quotation marks a backslash gives the next letter another meaning, and this one has none."
        "path: \"C:\\work\""
        "Write two backslashes for one, or use apostrophes instead of quotation marks.";
    TEXT_AFTER_BAR E0130 Source "text follows `|` or `>` on the same line"
        "The text of a block starts on the line below."
        "text: | Rivers are long."
        "Start the text on the next line, indented.";
    BYTE_ORDER_MARK E0131 Source "there is a byte order mark inside a file"
        "The invisible character U+FEFF gets in when files are joined."
        "a file made of two that were saved with a mark"
        "Delete the start of the line and type it again.";
    OPEN_BRACKET E0132 Source "brackets or braces are not closed, or their items are not separated by commas"
        "YAML looks for the end of the list or of the fields and does not find it."
        "keywords: [rivers, seas"
        "Close what was opened; put items that contain commas, colons or brackets into quotation marks.";
    VALUE_START E0133 Source "a value starts with a character that it cannot start with"
        "YAML reserves some characters, such as @, ` and %."
        "title: @home"
        "Put the value into quotation marks.";
    CONTROL_CHARACTER_IN_FILE E0134 Source "a line contains a control character"
        "It often gets in when text is pasted from a PDF or a word processor."
        "title: Rivers\u{2408}"
        "Delete it.";
    NOT_YAML E0135 Source "a line is not YAML"
        "The line has a form that YAML does not have."
        "title: {Rivers"
        "Put the value into quotation marks if it is text.";
    BAD_VALUE E0136 Source "a value is none that may stand here"
        "A measure lacks its unit, or a colour or a number has another form than the field takes."
        "text: 14"
        "Write it as the message says.";
}
