//! Codes of files: those that a source names, and those that the program reads and writes.

use super::super::code::codes;

codes! { NAMED:
    BAD_PATH E0150 Source "a path is not inside the report's folder"
        "Paths in a source are relative and use `/`, so that the report builds on every system."
        "image: C:\\pictures\\map.png"
        "Copy the file into the folder and write its path relative to report.yaml.";
    MISSING_FILE E0151 Source "there is no file of that name"
        "The name is misspelt, or upper and lower case differ, which matters on some systems."
        "- Foreword.yaml        # the file is foreword.yaml"
        "Correct the name, or add the file; names are relative to the folder of report.yaml.";
    NAMED_FOLDER E0152 Source "a folder is in the place of a file"
        "The path names a folder."
        "- meetings"
        "Name the files in it one by one.";
    SPECIAL_FILE E0153 Source "a path does not name an ordinary file"
        "Pipes and devices could keep the program waiting for ever."
        "image: pipe"
        "Put an ordinary file in its place.";
    LINK_OUTSIDE E0154 Source "a link leads out of the report's folder"
        "Elsewhere the report would be built without what it points to."
        "map.png -> /home/me/map.png"
        "Copy the file into the folder.";
    FILE_TOO_LARGE E0155 Source "a file is too large"
        "It has more bytes than the program reads from one file."
        "a picture of 100 MB"
        "Divide the file, or save the picture smaller.";
    FILE_NAME E0156 Source "a file is not read under its name"
        "The files of a report end in .yaml."
        "people.yml"
        "Rename it as the message says.";
    CHAPTER_TWICE E0157 Source "a chapter is named twice"
        "The list `contents` has the same file in two places."
        "contents:\n  - foreword.yaml\n  - foreword.yaml"
        "Delete one of the two.";
    NOT_A_CHAPTER E0158 Source "an entry of `contents` is not a chapter"
        "Registries and the report file are read anyway, and an empty name is no file."
        "contents:\n  - people.yaml"
        "Delete the line.";
    TOO_MANY_CHAPTERS E0159 Source "the report names too many chapters"
        "No report has so many; the list was probably made by a program."
        "contents: [c1.yaml, c2.yaml, …]"
        "Join chapters into fewer files.";
    UNLISTED_FILE W0160 Source "a file of the folder is not part of the report"
        "No `contents` list has it, so nobody will read it."
        "a chapter third.yaml that report.yaml does not name"
        "Add it to `contents`, or remove the file.";
    FOREIGN_NAME W0161 Source "a file has a name that Windows cannot have"
        "The report builds here; on Windows the file cannot be made, and whoever takes the report there lacks it."
        "image: \"images/map: north.svg\""
        "Rename the file, without the signs < > : \" | ? *.";
    BAD_REFERENCE E0162 Source "an entry of the file of works cannot be read"
        "references.yaml has entries in the form of hayagriva, references.bib in that of BibTeX. An entry without a type, with a field that there is not, or with a key that another has, would be lost."
        "okafor2014:\n  title: Low water"
        "Correct the entry at that line; its fields are in the manual, `gmg-export help references`.";
    TWO_REFERENCES E0163 Source "there are two files of works"
        "A report has its works in references.yaml or in references.bib; which of two is meant cannot be known."
        "references.yaml and references.bib next to report.yaml"
        "Put all entries into one of the two, and remove the other.";
    VERSION_CONFLICT E0170 Source "two versions of a file do not agree"
        "A tool for versions, such as Git, joined the work of two people, and both had changed the same lines."
        "<<<<<<< HEAD"
        "Keep one of the two versions, and delete the lines of signs.";
    CSV_QUOTE E0171 Source "a quote in a file of comma-separated values is not where it can be"
        "Quotes stand around a whole cell; within such a cell each quote is written twice (RFC 4180)."
        "Alder Bridge,\"12\" berths"
        "Put the whole cell in quotes, or save the sheet as CSV again.";
    CSV_ROW E0172 Source "a row of a file of comma-separated values is longer or shorter than the first"
        "A cell is missing or one too many, or a comma within a cell has no quotes around the cell."
        "Harbour,Passengers\nLow Weir,1,204"
        "Give every row as many cells, and put cells with a comma in quotes.";
    CSV_EMPTY E0173 Source "a file of comma-separated values has no rows"
        "It is empty, or none of its cells has text."
        "an empty file berths.csv"
        "Save the sheet as CSV again, heads in the first row.";
}

codes! { CODES:
    CANNOT_READ E0901 Io "a file cannot be read"
        "The system refuses to read it, or it is not there."
        "cannot read `source/people.yaml`: permission denied"
        "See that the file is there and that you may read it.";
    NO_REPORT E0902 Io "there is no report where one was looked for"
        "The path is misspelt, or has no file report.yaml."
        "gmg-export my-repport"
        "Give the folder that contains report.yaml; `gmg-export init DIR` makes a new report.";
    NEARLY_REPORT E0903 Io "a file is almost called report.yaml"
        "A slip in the name must not lead to another report than the one that is meant."
        "report.yml"
        "Rename it to report.yaml.";
    STDOUT E0905 Io "standard output cannot be written to"
        "The disk is full, or the output is closed."
        "gmg-export schema > /dev/full"
        "Free some space, or write elsewhere.";
    FOLDER_NOT_EMPTY E0906 Io "the folder for a new report is not empty"
        "`init` never writes over what is there."
        "gmg-export init ~"
        "Give a folder that is not there yet.";
    CANNOT_WRITE E0907 Io "a file cannot be written"
        "The disk is full, or the folder may not be written to. Nothing was replaced."
        "cannot write `out/my-report.pdf`: no space left on device"
        "Free some space, or choose another folder with --out.";
    NOT_A_FOLDER E0908 Io "something else is where a folder is needed"
        "A part of the path is a file."
        "gmg-export --out README.md"
        "Name a folder with --out, or a file with -o.";
    NOT_A_FILE E0909 Io "a folder is where a file is to be written, or something to be read is not an ordinary file"
        "The path names a folder, a pipe or a device."
        "gmg-export -o out"
        "Name a folder with --out and a file with -o.";
    DEAD_LINK E0910 Io "a link points to something that does not exist"
        "Nothing can be written through it."
        "out -> /media/stick/out"
        "Remove the link, or make what it points to.";
    CANNOT_REPLACE E0911 Io "a file cannot be replaced"
        "It is open in another program, or it is read-only."
        "out/my-report.docx while Word has it open"
        "Close it there, or write elsewhere with --out.";
    NOT_TAKEN_BACK E0912 Io "after a failure the folder could not be restored"
        "Not all files could be replaced, and one that was could not be put back either."
        "the new file `out/a.pdf` is there without the others and cannot be removed"
        "Remove the new file, or rename the old one back by hand; the message says where it is.";
    FOLDER_CLOSED E0913 Io "no files can be written to a folder"
        "It may not be written to or looked at, or it is not there."
        "gmg-export --out /root"
        "Choose another folder with --out.";
    NO_THREAD E0914 Io "the system cannot start more threads"
        "The machine is out of memory or at a limit for this user."
        "cannot start a thread"
        "End other programs, or ask for one format at a time.";
    NOT_OURS E0915 Io "a file in the way is not as gmg-export wrote it"
        "Somebody else made it, or it was changed after its export. The file .gmg-export.sums in its folder says what the program wrote."
        "out/report.docx was edited in Word, and the report is exported again"
        "Move the file away, delete it, or write elsewhere with --out or -o.";
    LINK_IN_THE_WAY E0916 Io "a link is where a file or a folder is to be written"
        "A report is data, even if somebody else made it: nothing is written through a link that is in its folder."
        "out/report.txt is a link to a file of yours"
        "Check where the link leads and remove it, or name a folder of your own with --out.";
}
