//! Codes of formats, of their records, of the command line and of the import.

use super::super::code::codes;

codes! { FORMATS:
    WORD_MOMENT E0601 Usage "a date is too late for a Word file"
        "SOURCE_DATE_EPOCH is beyond the year 9999."
        "SOURCE_DATE_EPOCH=999999999999"
        "Give a date before the year 10000.";
    WORD_BROKEN E0602 Source "a Word file cannot be put together"
        "This is a fault of the program."
        "a text that breaks the file's XML"
        "Report it with the text that causes it.";
    WORD_PACKING E0603 Io "a Word file cannot be packed"
        "A part of it is too large for the archive, or memory ran out."
        "a picture of 4 GB"
        "Use smaller pictures.";
    WORD_CHARACTER E0604 Source "a character is not allowed in a Word file"
        "XML does not allow it."
        "U+FFFE in a title"
        "Remove it from the text.";
    UNDRAWABLE E0605 Source "a drawing cannot be turned into pixels"
        "Word files take drawings as pixels, and this one cannot be converted."
        "an SVG picture of no size"
        "Draw it with plain shapes, or give the picture as PNG.";
    PRESS_PAGES E0606 Layout "typeset pages cannot be made ready for the press"
        "This is a fault of the program: a PDF of its own that it cannot work on."
        "a colour space that it does not know"
        "Report it with the report's source.";
    UNUSED_LOGO W0630 Source "a logo is shown nowhere"
        "The logos of organisations that `logos` names stand on the cover, those of `supported_by` in the imprint."
        "- id: low-weir\n  logo: images/weir.svg        # and low-weir in neither"
        "Name the organisation in `logos` or `supported_by` of report.yaml, or delete the field.";
    BARE_SPINE W0640 Layout "the spine of a cover is too thin for text"
        "Covers wander by a millimetre when they are bound: text on a thin spine would run over its edge."
        "48 pages on paper of 0.1 mm: a spine of 2.4 mm"
        "Leave the spine bare, or choose a thicker paper.";
    COLOUR_LISTED W0641 Layout "pages of the text are printed in colour"
        "They take other inks than black, and `colour_pages` of the job asks for a list of them."
        "a photograph on page 7"
        "Agree on them with the printer, convert the pictures to grey, or take back `colour_pages: list`.";
    FILLED_UP W0642 Layout "blank pages fill up the last sheet"
        "Sheets are folded to a multiple of four pages, and the text has another number."
        "a text of 198 pages in formes of 16"
        "Nothing, or shorten or lengthen the text to the number of pages that the message names.";
    SMALL_TINT W0643 Differs "small type is in a tint or in several inks"
        "Tints are made of dots: the edges of small letters break up."
        "6 pt type in 50 % black"
        "Set it in solid black, or larger.";
}

codes! { RECORDS:
    NOT_AS_APPROVED E0701 Differs "an artifact is not as approved"
        "The report, a layout or the program has changed since its record was approved."
        "a speaker's name corrected after approval"
        "Look at the changes; if they are intended, run `gmg-export approve`.";
    STRAY_RECORD E0702 Differs "there is a record of something that is no longer made"
        "A format or layout was removed, and its record stayed."
        "tests/golden/my-report.old.pdf"
        "Remove the folder of the record.";
    UNRECORDABLE E0703 Differs "an artifact cannot be read as what it claims to be"
        "The file is damaged, or the program made a wrong one."
        "a PDF file that was cut off"
        "Make it again; if it stays, report it with the report's source.";
    CANNOT_APPROVE E0704 Io "a record cannot be written"
        "The folder of the records may not be read or written."
        "tests/golden on a disk that is read-only"
        "See that you may write there, or name another folder with --golden.";
}

codes! { COMMAND_LINE:
    USAGE E1001 Usage "the command line is wrong"
        "An option or argument is unknown, missing, or does not go with the others."
        "gmg-export --formats pdf"
        "Run `gmg-export --help`, or the command with --help.";
    UNKNOWN_KIND E1002 Usage "there is no schema of that name"
        "`schema` takes the name of a kind of file."
        "gmg-export schema novel"
        "Write one of the names that `gmg-export schema --help` lists.";
    UNKNOWN_COMMAND E1003 Usage "there is no command or topic of that name"
        "`man` takes the name of a command, `help` also that of a topic."
        "gmg-export man chek"
        "Write one of the names that the message lists.";
    NOT_FOR_PRINT E1004 Usage "an option for print jobs is given, but nothing is made for print"
        "Options such as --bleed change only print sheets."
        "gmg-export --format pdf --bleed 3mm"
        "Add --format press, or --layout print.";
    WRONG_ENDING E1005 Usage "the name of a file does not match its format"
        "Programs recognise a file by the end of its name."
        "gmg-export -f docx -o report.txt"
        "Give the file another ending, or ask for the other format.";
    ONE_FILE E1006 Usage "several formats would go into one file"
        "-o names one file, which can have only one format."
        "gmg-export -f pdf,txt -o report.pdf"
        "Name a folder with --out.";
    NO_TEXT E1007 Usage "a terminal cannot show a format"
        "PDF and Word files are not text."
        "gmg-export -f pdf -o -"
        "Write it to a file with -o FILE, or pipe it into another program.";
    BAD_EPOCH E1008 Usage "SOURCE_DATE_EPOCH is not a date"
        "The variable must be a number of seconds since 1970-01-01 UTC."
        "SOURCE_DATE_EPOCH=yesterday"
        "Set it to such a number, or unset it for the report's own date.";
    UNKNOWN_CODE E1009 Usage "there is no code of that number"
        "`explain` takes the code of a message."
        "gmg-export explain E9999"
        "Write a number that `gmg-export explain` lists.";
    MANUAL E1010 Io "the manual page cannot be made"
        "Memory ran out while it was written."
        "gmg-export man"
        "End other programs and try again.";
    BAD_SETTING E1011 Usage "a setting has a value that it does not accept"
        "A variable of the environment or a line of gmg-export.yaml says something that the option would refuse."
        "GMG_EXPORT_COLOR=sometimes"
        "Write what the option of that name accepts, or remove the line.";
    UNKNOWN_VARIABLE E1012 Usage "a variable of the environment sets nothing"
        "Its name starts like those of the program, but there is no such option; it is probably misspelt."
        "GMG_EXPORT_LAYUOT=print"
        "Correct the name, or unset the variable.";
    MISPLACED_SETTINGS E1013 Usage "a file with settings would be ignored"
        "It is not in the folder where it is looked for, or its name is slightly wrong."
        "source/gmg-export.yaml next to source/report.yaml"
        "Move or rename it as the message says.";
    NO_SETTINGS W1014 Usage "the settings are shown without those of a report"
        "There is no report whose file gmg-export.yaml could be read."
        "gmg-export nowhere --show-config"
        "Name the folder of a report.";
    NEEDS_FILES E1015 Usage "an option is about files, but nothing is written to a file"
        "Whether a file has changed, or which files were written, has no meaning for standard output."
        "gmg-export --format txt -o - --if-changed"
        "Name a file with -o or a folder with --out, or leave the option out.";
    NO_RULE E1016 Usage "the path of a file cannot be written in a rule"
        "Rules of make and of ninja cannot express some characters, such as a semicolon or a line end."
        "source/notes;old.yaml"
        "Rename the file, or use --deps-format json.";
    LIST_IN_THE_WAY E1017 Usage "the list for a build system would replace a file of the build"
        "The file that --deps names is one that was read, one that is written, or is in the folder of the release."
        "gmg-export release --deps source/report.yaml"
        "Give another file with --deps.";
    SETTING_OUTSIDE E1018 Usage "a setting of a report leads out of its folder"
        "gmg-export.yaml belongs to the report, and a report may choose places in its own folder only, whoever wrote it."
        "out: ../website"
        "Give the folder with --out or another option, or in the environment.";
    LIMIT E1019 Limit "the work takes more memory, time or pages than it may"
        "A picture, a template, a font or a text asks for endless work, or the report is far larger than most."
        "a drawing whose filter covers a million units"
        "Simplify the picture or the template that the message names; for a very large report allow more with --max-memory, --max-time or --max-pages. limits: in gmg-export.yaml can only lower them.";
    BROKE_OFF E1020 Limit "an engine used by the program broke off"
        "It met something in a picture, a template, a font or a PDF file that it cannot handle."
        "a damaged picture that only its decoder notices"
        "Look at the file that the message names, and make it again; if nothing is wrong with it, report it.";
    INTERNAL E1099 Internal "there is a mistake in the program itself"
        "Something unexpected happened. Your report is not at fault."
        "internal error: this is a mistake in gmg-export"
        "Report it with the command, the report if you can, and the lines of the message.";
}

codes! { IMPORT:
    TEXT_TOO_LARGE E1101 Source "a text is too large to be imported"
        "It has more than 16 MiB, or more than 200,000 paragraphs."
        "an archive of all reports in one file"
        "Import its parts one by one.";
    NOT_A_TEXT E1102 Source "a file to be imported is not text"
        "It is a PDF, a Word file or a picture, or a text that is damaged."
        "gmg-export import report.pdf"
        "Save its text as a .txt or .md file in UTF-8 first.";
    NO_TEXT_IN_FILE E1103 Source "a file to be imported is empty"
        "There is no word in it, or nothing below its title."
        "gmg-export import empty.txt"
        "Give a file with text in it.";
    WORD_LOST E1104 Source "the import would lose or add a word"
        "The rules misread a place of the text. Nothing was written."
        "a heading that runs on into the text"
        "Put empty lines around the place, or report it with the text.";
    ALREADY_THERE E1105 Io "a file of the import already exists"
        "The import never writes over a report unless it is told to."
        "gmg-export import report.txt        # for the second time"
        "Name another folder with --out, or replace its files with --force.";
    IMPORT_WORDS E1106 Internal "the words that the import looks for are wrong"
        "This is a fault of the program: a file inside it cannot be read."
        "the words of the import are wrong"
        "Report it with the version of the program.";
    CHECK_IMPORT W1107 Source "a place of an imported text needs a look"
        "The rules had to guess; a comment in the file says what."
        "# check: is this the name of a person?"
        "Look at the place, correct it, and delete the comment.";
    NO_RULES E1108 Usage "the import has no rules for a language"
        "The words that mark a chair or an appendix are known only in some languages."
        "gmg-export import report.txt --language fi"
        "Name the nearest language that the message lists, and write the right one into report.yaml afterwards.";
    NOT_A_WORD_FILE E1130 Source "a file is no Word file that can be read"
        "It is of another kind (.doc, .odt, .rtf, a spreadsheet …), or a password protects it."
        "gmg-export import minutes.doc"
        "Open it in Word or LibreOffice and save it as “Word document (.docx)”, without a password.";
    WORD_DAMAGED E1131 Source "a Word file is damaged"
        "It breaks off, a part of it is missing, or a part is no XML as Word files have it."
        "a file of which only the first half was sent"
        "Open it in Word, which may repair it, and save it again; or ask for a fresh copy.";
    WORD_TOO_LARGE E1132 Source "a Word file has more in it than is read"
        "The file has more than 64 MiB, or unpacks to far more text, paragraphs, cells or parts than reports have."
        "a file that a stranger made to fill up memory"
        "Make its pictures smaller, or import its parts one by one.";
}
