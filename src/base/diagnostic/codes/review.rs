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
