//! Codes of Word files that come back from those who edited them.

use super::super::code::codes;

codes! { CODES:
    NO_PLACES E1240 Usage "a Word file does not say where its paragraphs belong"
        "Files that gmg-export makes carry hidden bookmarks for that. This one was made by another program or by an older version, or its text was copied into a new file."
        "gmg-export merge draft.docx"
        "Merge the file that was sent out and edited; make a report of a text of others with gmg-export import.";
    OTHER_REPORT E1241 Usage "a Word file belongs to another report"
        "None of the places that its paragraphs name is in the source that it was to be merged into."
        "gmg-export merge annual.docx --into meetings"
        "Name the report that the file was made from, with --into.";
    NO_SUCH_CHAPTER E1242 Usage "the report has no chapter of that name"
        "`--only` takes the id of a chapter or the path of its file."
        "gmg-export merge edited.docx --only introductoin"
        "Write the id as it stands in the chapter’s file.";
    CHANGED_MEANWHILE E1243 Io "a file of the source was changed while the program worked on it"
        "Somebody saved it after it was read; nothing was written."
        "a chapter saved in an editor while `merge` was asking"
        "Run the command again.";
    NOBODY_TO_ASK E1244 Usage "nobody can be asked whether changes are wanted"
        "`merge` shows what it found and asks before it writes; standard input is no terminal."
        "gmg-export merge edited.docx < /dev/null"
        "Look at the list, then add --yes.";
    BUILT_IN_SOURCE E1245 Usage "the report built into the program cannot be changed"
        "There is no source in this folder, and none was named."
        "gmg-export merge edited.docx"
        "Name the report’s folder with --into.";
    NO_WORD_FILE E1246 Usage "a file for review is no Word file"
        "`--review` tracks changes, numbers lines and locks fields, which the Word file alone has."
        "gmg-export --review"
        "Add --format docx.";
    OTHER_PROGRAM E1250 Usage "a Word file that is to be compared was not made by this program"
        "Only files of gmg-export are laid out so that each word of one can be found in another. Word’s own command Review, Compare compares any two files."
        "gmg-export diff draft.docx source"
        "Name the report, a release, a revision, or a Word file that gmg-export made.";
    CHANGED_ALREADY E1251 Usage "a Word file that is to be compared has tracked changes of its own"
        "They would get mixed up with those that are to be shown."
        "gmg-export diff sent.docx edited.docx"
        "Accept or reject them in Word first; or take them over with gmg-export merge, and compare the report.";
    UNKNOWN_REVISION E1252 Usage "what is to be compared is neither there nor a git revision"
        "It is no folder, no file, and git knows no revision of that name here."
        "gmg-export diff v1.O"
        "Give a report’s folder, a release’s folder, a Word file, or a revision such as v1.0, HEAD~3 or v1.0:reports/annual.";
    NO_REPORT_THEN E1253 Usage "a git revision holds no report"
        "There is no report.yaml in that folder of the revision, nor in its folder source/."
        "gmg-export diff v0.1, before the report was there"
        "Name the folder that the report was in then: REVISION:path/to/report.";
    NO_GIT E1254 Io "git cannot be run, or does not give the files of a revision"
        "Revisions are read with the program git of this machine."
        "gmg-export diff v1.0 where git is not installed"
        "Install git, or compare with a folder, a release or a Word file.";
    NO_WORD_RELEASED E1255 Usage "a release holds no Word file, or several"
        "Releases are compared by the Word files in them."
        "gmg-export diff out/release, where the release list names pdf alone"
        "Name the Word file itself, or the layout with --layout; or add docx to the release list of the report.";
    OTHER_LAYOUT E1256 Usage "two Word files are in different layouts"
        "Layouts have words of their own in covers and headers; the differences would not be those of the text."
        "gmg-export diff out/report.docx out/report.large-print.docx"
        "Compare files of the same layout.";
    TOO_MUCH_THEN E1257 Limit "a git revision holds more than is read"
        "The folder of the report has more files, or larger ones, than any report needs."
        "a folder with videos next to the report"
        "Name the report’s own folder: REVISION:path/to/report.";
    NOT_A_DIFF E1258 Usage "the file for the changes is no Word file"
        "Tracked changes stand in a Word file alone."
        "gmg-export diff v1.0 -o changes.pdf"
        "Give the file the ending .docx.";
}

codes! { CHANGES:
    LEFT_CHANGE W0670 Source "a change of a Word file is not taken over"
        "A report cannot say it, it belongs elsewhere in the source, or it would make the report wrong; the message says which."
        "underlined words, a new heading, a name in the list of speakers"
        "Make the change in the source yourself, at the place that the message names, or leave it.";
    CLASH W0671 Source "a paragraph was changed in Word and in the source"
        "The source has been changed since the Word file was made, and both changed the same paragraph; the source stays as it is."
        "a sentence rewritten by a partner and, meanwhile, by you"
        "Compare the two and write what is to stand.";
}
