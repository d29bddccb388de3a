//! Codes of releases: what goes into one, and what is in one.

use super::super::code::codes;

codes! { CODES:
    TWO_OF_ONE_NAME E1201 Usage "two reports of a release have one name"
        "Each report's files go into a folder with the name of its own folder."
        "gmg-export release a/report b/report"
        "Rename one of the two folders.";
    NOT_A_RELEASE E1202 Io "a folder or file is not a release"
        "There is no manifest in it that this version can read."
        "gmg-export verify --release out"
        "Give the folder that `gmg-export release` wrote, or the manifest in it.";
    RELEASE_CHANGED E1203 Io "files of a release were changed"
        "A file does not match the manifest or the list of checksums."
        "a PDF of the release opened and saved again"
        "Make the release again.";
    RELEASE_DIFFERS E1204 Differs "a release is not what its reports give now"
        "A report, a layout or the program has changed since, or a file was put into the folder."
        "a name corrected after the release"
        "Look at the changes and make the release again.";
    REPORT_NOT_GIVEN E1205 Usage "a report of the release was not given"
        "A release is compared with all its reports."
        "gmg-export verify one --release out        # the release holds two"
        "Give the folders of all its reports.";
    ONE_REPORT E1206 Usage "several reports are given, but records belong to one"
        "Records are next to the report that they belong to."
        "gmg-export verify one two"
        "Give one, or compare with a release: --release DIR.";
    STRANGE_FILE E1207 Io "a folder to be replaced contains a file that no release wrote"
        "A release replaces its folder as a whole, and the file would be lost."
        "out/notes.txt"
        "Move that file away, or give another folder with --out.";
    NOT_BUILT E1208 Source "reports of a release could not be built"
        "Their errors are listed above; the other reports are in the release."
        "2 of 5 reports could not be built"
        "Correct these reports and make the release again.";
    NO_PARTS E1209 Usage "there are no manifests to join"
        "The list of parts is empty."
        "gmg-export manifest merge"
        "Give the folders or manifests of all parts.";
    PARTS_DISAGREE E1210 Differs "parts of a release do not go together"
        "A part is missing or duplicate, belongs to another batch, or was made by another version."
        "parts 1 and 3 of 3"
        "Give each part of one release once; rebuild those that differ.";
    BAD_JOB E1211 Source "a print job of the release list has a value that cannot be used"
        "An entry has a value that the option of that name would refuse."
        "release: [{format: press, bleed: wide}]"
        "Write what the option accepts, such as 3mm.";
    SAME_FILE E1212 Source "two entries of the release list make the same file"
        "They have the same format and layout, and nothing else distinguishes their names."
        "release: [{format: pdf}, {format: pdf}]"
        "Remove one of them from the list.";
    UNKNOWN_FORMAT E1213 Source "there is no format of that name"
        "An entry of the release list names a format that the program does not make."
        "release: [{format: odt}]"
        "Write a format that `gmg-export list` names.";
    SCREEN_ENTRY E1214 Source "an entry of the release list is for print, and its layout for screens"
        "Sheets are made with a layout whose colours are inks."
        "release: [{format: press, layout: screen}]"
        "Give a layout for print, or leave out what is for sheets.";
    STANDARD_BROKEN E1215 Differs "a file does not conform to the standard of its format"
        "A clause of PDF/UA-1 or PDF/A-2a, a rule of Word files or of plain text is broken."
        "gmg-2016.pdf: pdf-ua-1: a picture has no alternative text"
        "Correct what the message names in the source or the layout; if it is in neither, report it.";
    NOT_STATED E1216 Differs "a file does not state what the report says"
        "A heading, note, table, name, post or alternative text is missing in it, is elsewhere, reads differently, or is told as something else, such as a name that is no heading."
        "gmg-2016.docx: the note “In 2016 the Group …” is missing"
        "Look at the layout and its templates; if they are those of the program, report it.";
    OWN_FOLDER E1217 Usage "a release cannot replace the folder that it is made in"
        "The folder given with --out is the current one, one above it, or a part that is to be joined, and it would be replaced as a whole."
        "gmg-export release --out ."
        "Give a folder of its own, such as out/release.";
    BAD_NAME E1218 Usage "the name of a report's folder cannot be used in a batch"
        "The report's files go into a folder of that name, which must be valid in the manifest and the list of checksums on every system."
        "gmg-export release a reports/manifest.json"
        "Rename the folder of the report.";
    NOT_WRITTEN E1230 Source "a release would contain something that is still to be written"
        "An import wrote a placeholder for a title, date, publisher or description that its text does not have."
        "publisher: Publisher not stated"
        "Write what belongs there; `gmg-export check` names every place.";
}
