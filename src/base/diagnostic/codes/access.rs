//! Codes of the dossier of accessibility and of people's sign-offs.

use super::super::code::codes;

codes! { CODES:
    NOT_ACCESSIBLE E1270 Differs "a check of accessibility has found something wrong"
        "Somebody who reads the file with a screen reader, a keyboard or weak eyes would stumble there; the message names the criterion and the place."
        "text in #999999 on white, a picture whose text is “image1.png”"
        "Mend it in the source or in the layout, as the criterion says; gmg-export access lists all of them with their places.";
    FOR_PAPER E1271 Usage "a layout for paper has no dossier of accessibility"
        "Files for a printer have no tags; nobody reads them with a screen reader."
        "gmg-export access --layout print"
        "Give a layout for screens, such as screen or large-print.";
    NO_CRITERION E1272 Usage "there is no criterion of that number"
        "Criteria have the numbers of the Matterhorn Protocol (13-005), of EN 301 549 (10.2.4.6), or names (alt-texts-are-right)."
        "- criterion: 13-099"
        "Take the number from the list that gmg-export access writes.";
    NOT_FOR_PEOPLE E1273 Usage "a criterion is not one that a person decides"
        "The program decides it itself, or it rests on others; a signature would say nothing."
        "gmg-export access sign 13-004 --by Ada"
        "Leave it to the program, or sign the criteria that it rests on.";
    BAD_DAY E1274 Source "the day of a sign-off is none"
        "A day is written as year, month and day of the calendar."
        "on: 30 November"
        "Write it as 2026-11-30.";
    BAD_DIGEST E1275 Source "a sign-off does not say what it was given for"
        "`of` holds the SHA-256 of what the person looked at, in 64 digits; a sign-off holds as long as that stays the same."
        "of: yes"
        "Let the program write it: gmg-export access sign CRITERION --by NAME.";
    NOBODY_SIGNED E1276 Source "a sign-off names nobody"
        "Somebody must answer for it."
        "by: \"\""
        "Write the name of the person.";
    NOTHING_TO_SIGN E1277 Usage "there is nothing to sign for a criterion"
        "The file has nothing that it is about, or the program has decided it."
        "gmg-export access sign 12-001 --by Ada, in a report without formulas"
        "Leave it out: the dossier says why it does not apply.";
    CANNOT_ADD E1280 Source "an entry cannot be added at the end of access.yaml"
        "A sign-off goes below the others, and what is there stays as it is; in a list in brackets, or behind a line of three points, there is no place for it."
        "[{criterion: 14-001, by: Ada, on: 2026-11-30, of: …}]"
        "Write the list line by line, each entry from `- criterion:` on, and sign again.";
    DAY_TO_COME E1281 Usage "a sign-off is of a day that is still to come"
        "Somebody answers for what they have looked at, and cannot have done so yet."
        "gmg-export access sign 14-001 --by Ada --on 2999-01-01"
        "Give the day on which you looked, or leave --on out for today.";
}

codes! { LAPSED:
    SIGN_OFF_LAPSED W0690 Source "what a person found in order has changed since"
        "A sign-off is given for certain words, pictures or pages; these are others now."
        "an alternative text that was rewritten after it was signed"
        "Look at the places that the message names, then sign again: gmg-export access sign CRITERION --by NAME.";
    CRITERION_FAILED W0691 Differs "a file of a release fails a check of accessibility"
        "The file keeps its standards; the check is one of quality, and its findings stand in the dossier that goes with the file."
        "a link whose only word is “here”"
        "Mend it in the source; gmg-export access lists all findings with their places.";
    PAGES_NOT_DRAWN W0692 Io "the dossier has no pictures of the pages"
        "The pages could not be drawn; all else is there, and links lead to the pages of the PDF file."
        "a page that is narrower than a pixel"
        "Look at the pages in the PDF file itself.";
}
