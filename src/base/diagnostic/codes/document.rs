//! Codes of the rules for reports, and of pictures.

use super::super::code::codes;

codes! { CODES:
    EMPTY_TEXT E0201 Source "a text is empty"
        "A required field contains only white space."
        "title: \" \""
        "Write the text, or leave out the field if it is optional.";
    BAD_ID E0202 Source "a word is not an id"
        "An id has the letters a to z, digits and hyphens, starts with a letter and has at most 40 characters."
        "id: First Meeting"
        "Write it in that form, such as first-meeting.";
    ID_TWICE E0203 Source "an id is used twice"
        "Links could not tell which of the two is meant."
        "- id: kelley\n- id: kelley"
        "Give one of the two another id, or delete it.";
    UNKNOWN_PERSON E0204 Source "an id names no person"
        "A speaker, moderator or link names an id that people.yaml does not have."
        "speaker: kelly        # people.yaml has kelley"
        "Write the id as it is in people.yaml, or add the person there.";
    UNKNOWN_ORGANISATION E0205 Source "an id names no organisation"
        "A list or link names an id that organisations.yaml does not have."
        "[the agency](org:unhrc)        # organisations.yaml has unhcr"
        "Write the id as it is in organisations.yaml, or add the organisation there.";
    NAMED_TWICE E0206 Source "someone is named twice in one list"
        "A list of organisations or moderators has the same id in two places."
        "moderators: [okafor, okafor]"
        "Delete one of the two.";
    MEMBER_OF_ITSELF E0207 Source "an organisation is a member of itself"
        "`member_of` of an organisation names the organisation itself."
        "- id: network\n  member_of: [network]"
        "Delete the id, or name the organisation that is meant.";
    NO_MEMBERS E0208 Source "a list of members would be empty"
        "No organisation says that it is a member of this one."
        "- members: network"
        "Give its members `member_of` in organisations.yaml.";
    ACRONYM_TWICE E0209 Source "an acronym has two meanings"
        "Two entries have the same acronym; the list of acronyms explains each once."
        "- acronym: ILO\n  expansion: International Labour Office"
        "Delete one of the two, or write its acronym differently.";
    TWO_POSTS E0210 Source "a person has two posts"
        "`post_in_full` replaces `post`."
        "post: Director\npost_in_full: Director of the Office"
        "Delete one of the two.";
    BAD_LANGUAGE E0211 Source "a word is not a language tag"
        "Languages are named by the tags of BCP 47."
        "language: English"
        "Write a tag such as en, en-GB or sr-Latn.";
    BAD_DATE E0212 Source "a value is not a date"
        "Dates are written as YYYY-MM-DD and must exist in the calendar; a meeting of several days has its first and last day."
        "date: 31.4.2016"
        "Write year, month and day in digits, such as 2016-04-25, or 2016-04-25/2016-04-27 for a meeting.";
    BAD_TIME E0213 Source "a value is not a time"
        "Times are on the 24-hour clock: the start, or start and end."
        "time: 9.30 am to 1 pm"
        "Write it as 09:30-13:00, or as 09:30 where the end is not known.";
    EMPTY_VENUE E0214 Source "a venue says nothing"
        "It has none of its fields."
        "venue: {}"
        "Give it a `room`, `building`, `city` or `country`, or leave `venue` out.";
    BAD_ISBN E0215 Source "a number is not an ISBN"
        "It has the wrong number of digits, or its last digit does not agree with the others."
        "isbn: 978-92-1-000000-9"
        "Copy the number again from where it was assigned.";
    BAD_ISSN E0216 Source "a number is not an ISSN"
        "It does not have eight digits, or the last one does not agree with the others."
        "issn: 1234-5678"
        "Copy the number again from where it was assigned.";
    BAD_DOI E0217 Source "a value is not a DOI"
        "A DOI starts with 10., a number, and a slash."
        "doi: rivers-2026"
        "Write it in the form 10.1000/182.";
    BAD_ADDRESS E0218 Source "a value is not an address"
        "Addresses start with https://, http:// or mailto: and name a host; links may also go to org:, person:, lang: and #."
        "url: www.example.org"
        "Write the whole address, such as https://example.org/report.";
    KEYWORD_TWICE E0219 Source "a keyword occurs twice"
        "The list of keywords has the same word in two places."
        "keywords: [rivers, rivers]"
        "Delete one of the two.";
    TITLE_LINES E0220 Source "the lines of a title are not the title"
        "`title_lines` says where the title breaks; joined by spaces the lines must be `title`."
        "title: Safe rivers\ntitle_lines: [Safe, river]"
        "Make the lines agree with the title, letter by letter.";
    NO_CHAPTERS E0221 Source "the report has no chapters"
        "The list `contents` is empty."
        "contents: []"
        "Name at least one file in `contents`.";
    LATE_FRONT_MATTER E0222 Source "front matter comes after other chapters"
        "A chapter with `front: true` must come before all others, and an appendix cannot be front matter."
        "front: true        # in the last chapter"
        "Move its line up in `contents`, or delete `front: true`.";
    WRONG_ORDINAL E0223 Source "the number of a meeting does not agree with its place"
        "A report may hold any meetings of a series, but in their order, and they are counted from 1."
        "ordinal: 2        # after a meeting with `ordinal: 3`"
        "Correct the number, or the order in `contents`.";
    EMPTY_CHAPTER E0224 Source "a chapter has no content"
        "It has a title and nothing below it."
        "section:\n  id: a\n  title: Rivers"
        "Give it `text`, `blocks` or `sections`.";
    EMPTY_SECTION E0225 Source "a section has no content"
        "It has a title and nothing below it."
        "- title: Rivers"
        "Give it `text`, `blocks` or `interventions`, or delete it.";
    NO_TITLE E0226 Source "a section or panel has no title"
        "Only kinds such as `summary` or `opening` have one of their own."
        "- text: Rivers are long."
        "Give it a `title`, or a `kind` that has one.";
    SECTIONS_TOO_DEEP E0227 Source "sections are nested deeper than headings go"
        "There are six levels of headings, the chapter's included."
        "sections: [{sections: [{sections: …}]}]"
        "Move the inner sections up a level.";
    MODERATORS_ELSEWHERE E0228 Source "a section that is no panel has moderators"
        "Only panels have them."
        "- title: Rivers\n  moderators: [okafor]"
        "Add `kind: panel`, or name the person in the text.";
    SPEECH_START E0229 Source "what someone said does not start with a paragraph"
        "The first sentence continues from the name of the speaker."
        "text: |\n  - First point"
        "First write the sentence that continues from the name.";
    NO_HEADER E0230 Source "a table has no header"
        "Readers who listen to a table need the header of each column."
        "header: []"
        "Write the header of each column, as in `header: [[Year, Place]]`.";
    NO_ROWS E0231 Source "a table has no rows"
        "There is a header and nothing below it."
        "rows: []"
        "Add a row, or delete the table.";
    TOO_MANY_COLUMNS E0232 Source "a table has too many columns"
        "More than 32 cannot be read on any page."
        "a spreadsheet of 40 columns"
        "Swap rows and columns, or divide the table.";
    COLUMN_COUNT E0233 Source "the columns of a table do not agree with its header"
        "`columns` has more or fewer entries than the header has cells."
        "header: [[Year, Place]]\ncolumns: [{align: right}]"
        "Give `columns` one entry for each column, or leave it out.";
    ROW_LENGTH E0234 Source "a row has more or fewer cells than the table has columns"
        "A cell is missing, or one too many."
        "header: [[Year, Place]]\nrows: [[2016]]"
        "Write \"\" for a cell that is empty.";
    COLUMN_WIDTH E0235 Source "the width of a column cannot be set"
        "A column's share of the width is above 0 and at most 1000."
        "columns: [{width: 0}]"
        "Write a number in that range.";
    NO_DESCRIPTION E0236 Source "a picture has no description"
        "Readers who cannot see it would not know what it shows."
        "- figure: {image: map.png}"
        "Say in `alt` what it shows, or write `decorative: true` if it only decorates.";
    DESCRIBED_DECORATION E0237 Source "a picture that only decorates has a description"
        "It is either skipped or described, not both."
        "decorative: true\nalt: A map"
        "Delete `alt`, or delete `decorative`.";
    FIGURE_WIDTH E0238 Source "the width of a figure cannot be set"
        "It is a share of the text's width in per cent: above 0 and at most 100."
        "width: 120"
        "Write a number in that range.";
    UNUSED_PERSON W0239 Source "a person is never named"
        "people.yaml has someone whom no chapter names."
        "- id: kelley        # and no `speaker: kelley`"
        "Delete the entry, or name the person where they spoke.";
    UNUSED_ORGANISATION W0240 Source "an organisation is never named"
        "organisations.yaml has one that no chapter, person or list names."
        "- id: unhcr        # and no `org:unhcr`"
        "Delete the entry, or name the organisation.";
    UNUSED_ACRONYM W0241 Source "an acronym never occurs"
        "acronyms.yaml has one that no text uses."
        "- acronym: SDG"
        "Delete the entry.";
    DOUBTFUL_NAME W0242 Source "it is uncertain by which word a name is sorted"
        "It has a particle such as van or de, something like Jr. after the family name, a comma, or, in Spanish, words for two family names; people and languages differ in how they sort these."
        "- name: Karel van Oosterom        # and no `sort`"
        "State it: `sort: Oosterom, Karel van` or `sort: van Oosterom, Karel`.";
    CHART_DATA E0243 Source "a chart has no numbers, or has them from two places"
        "A chart is drawn from `categories` and `series`, from a `table` of the report, or from a `file` (CSV); at least one value is known."
        "- chart: {kind: bar, caption: Berths}"
        "Give it numbers from one place.";
    CHART_NUMBER E0244 Source "a value of a chart is not a number"
        "Numbers are written as in the language of the report, without unit; a sign that means another thing in the language is not guessed."
        "values: [12, 1.5e3, many]"
        "Write digits, such as 1,340.5 in English or 1.340,5 in German, and the unit into `unit`; – stands for what is not known.";
    CHART_LENGTH E0245 Source "a series of a chart has more or fewer values than there are categories"
        "Each category has one value of each series."
        "categories: [2024, 2025]\nseries: [{values: [1, 2, 3]}]"
        "Give one value for each category; write – for one that is not known, and quotation marks around one with a comma.";
    CHART_TOO_MUCH E0246 Source "a chart has more series, categories or bars than a page shows well"
        "Six patterns can be told apart without colour, twenty names stand below each other in large print, and a line has 120 points at most."
        "a chart of all harbours of a country"
        "Draw those that count, lines in place of bars, or several charts.";
    CHART_PARTS E0247 Source "values of a chart are no parts of a whole"
        "Parts that add up (area, stacked, share) are all known and not below zero; shares are one series, and add up to 100 if their unit is %."
        "kind: share\nunit: \"%\"\nseries: [{values: [40, 30]}]"
        "Add the part that is missing, or draw bars, columns or lines.";
    CHART_TABLE E0248 Source "a chart names a table or column that is not there, or has no numbers"
        "`table` is the id of a table of the report; `columns` are heads of that table, or of the first row of the `file`."
        "table: berth        # the table has `id: berths`"
        "Write the id or the head as it stands there.";
    CHART_TWICE E0249 Source "two series or categories of a chart cannot be told apart"
        "They have the same name, or one of several series has none."
        "categories: [Low Weir, Low Weir]"
        "Give each a name of its own.";
}

codes! { PICTURES:
    PICTURE_FORMAT E0250 Source "a picture has a format that cannot be set"
        "Not every format of the report can show it."
        "image: map.webp"
        "Save it as PNG, JPEG or SVG.";
    PICTURE_DAMAGED E0251 Source "a picture is damaged or empty"
        "It cannot be decoded to its end."
        "a download that was cut off"
        "Export the picture again.";
    PICTURE_TOO_LARGE E0252 Source "a picture is too large"
        "It has more pixels, bytes or shapes than can be printed."
        "a map of 30,000 by 30,000 pixels"
        "Export it at the size at which it is printed, at 300 dpi; simplify a drawing.";
    PICTURE_TURNED E0253 Source "a picture is rotated when it is shown"
        "A camera left a mark (EXIF orientation) that some programs follow and others do not."
        "a photograph taken upright"
        "Rotate the picture itself and save it without the mark.";
    PICTURE_ANIMATED E0254 Source "a picture is animated"
        "Paper cannot show motion."
        "image: spinning.gif"
        "Export one frame of it as a still picture.";
    PICTURE_CMYK E0255 Source "a JPEG picture is in the inks of a press (CMYK)"
        "Office programs and screens show it wrongly."
        "a JPEG file in CMYK"
        "Convert it to RGB (sRGB) and export it again; the press export converts it back.";
    DRAWING_TEXT E0256 Source "a drawing has a font of its own"
        "Fonts inside drawings (font, font-face, tref) are not shown by every format. Words in a drawing are set in the report's fonts."
        "<font><glyph unicode=\"A\" d=\"M0 0\"/></font>"
        "Convert the text to paths, or set it in a font of the report.";
    DRAWING_PICTURE E0257 Source "a drawing has a picture in it"
        "Not every format can show it."
        "<image href=\"photo.png\"/>"
        "Export the whole as PNG, or draw it with shapes alone.";
    DRAWING_PROGRAM E0258 Source "a drawing has something in it that has no place on a page"
        "Scripts, animations, foreign content and entities cannot be printed."
        "<script>…</script>"
        "Export it as plain SVG.";
    DRAWING_LINK E0259 Source "a drawing refers to another file"
        "The file may not be there where the report is built."
        "<use href=\"symbols.svg#a\"/>"
        "Put what it refers to into the drawing itself.";
    DRAWING_EMPTY E0260 Source "a drawing draws nothing"
        "Its shapes have no colour, or are outside the drawing."
        "<svg width=\"100\" height=\"100\"/>"
        "Look at its shapes and export it again.";
    TEXT_TOO_LONG E0261 Source "a field of one line holds a whole text"
        "Titles, names and descriptions of pictures are short; a PDF holds none that is longer than some thousand characters."
        "alt: a description of twenty pages"
        "Shorten it, and move the rest into the text.";
    BAD_LICENCE E0262 Source "a value is not the name of a licence"
        "Licences of Creative Commons are CC BY, BY-SA, BY-ND, BY-NC, BY-NC-SA and BY-NC-ND, each with 4.0, 3.0 or 3.0 IGO, and CC0."
        "licence: free to use"
        "Write a name such as CC BY 4.0, or leave the field out and write the terms into `imprint`.";
    UNKNOWN_STYLE E0263 Source "there is no such style of citations"
        "Styles have the names that they have in CSL, such as apa, chicago-author-date, ieee or vancouver."
        "citation_style: apa7"
        "Write one of the names that `gmg-export help references` lists, or leave the field out.";
    UNUSED_WORK W0264 Source "no text cites a work"
        "The list at the end has the works that are cited; this one is not in it."
        "okafor2014: {type: report, title: Low water}        # and no [@okafor2014]"
        "Cite it, or delete it.";
    UNLISTED_WORKS W0265 Source "works are cited and listed nowhere"
        "`back_matter` names the lists at the end, and references is not among them."
        "back_matter: [acronyms]        # and [@okafor2014] in the text"
        "Add `references` to `back_matter`.";
    RAISED_NUMBERS E0266 Source "works and footnotes have the same raised numbers"
        "A style such as nature sets the numbers of works as those of footnotes are set: nobody can tell a note from a work."
        "citation_style: nature        # in a report with footnotes"
        "Take a style with brackets, such as vancouver or ieee, or do without footnotes.";
    VOTES_TWICE E0267 Source "somebody votes twice"
        "A state or organisation stands in two lists of one vote, or twice in one; the numbers would be wrong."
        "in_favour: [norland]\nagainst: [norland]"
        "Leave it where it belongs.";
    FACT_TWICE E0268 Source "two facts have one label"
        "The facts of an event stand below each other by their labels; two of one label cannot be told apart."
        "facts: [{label: Date, value: in spring}]"
        "Give it another label, or put both into one.";
    BACK_COVER E0269 Source "the back cover holds more than words"
        "It is set on the colour of the cover: tables, pictures, quotations and code have no place on it."
        "back_cover: |\n  > A river does not stop at the city limits."
        "Write paragraphs and lists, and move the rest into the report.";
    BOX_IN_BOX E0270 Source "a box stands inside a box"
        "A box is set apart from running text; one inside another could not be distinguished from it."
        "- box:\n    title: Ferries\n    blocks:\n      - box: {title: Bridges, text: …}"
        "Set the inner box behind the outer one, or make it a part of its text.";
    FIGURES_BESIDE E0271 Source "one picture, or more than two, are to stand side by side"
        "`figures` sets two pictures next to each other, or one below the other where there is no room."
        "- figures: [{image: a.png, alt: A ferry}]"
        "Give `figures` two entries; a picture alone is a `figure`.";
    PULL_QUOTE E0272 Source "a pull quote holds more than words"
        "It is set large, to draw readers in: lists, tables and pictures have no place in it."
        "- quote:\n    pull: true\n    text: |\n      - first\n      - second"
        "Quote the one sentence that counts, or delete `pull`.";
    JOINED_KEYWORDS W0273 Source "several keywords stand in the place of one"
        "The items of a list are parted by commas, or by lines that begin with a hyphen; any other sign belongs to the keyword."
        "keywords: [rivers; floods]"
        "Write each as an item of its own.";
    MERGED_CELL E0280 Source "a place in a table cannot belong to another cell"
        "`<` merges a place with the cell before it, `^` with the one above it; the places of a cell are a rectangle."
        "rows:\n  - [<, \"12\"]"
        "Mark every place of the rectangle and no other; write \\< or \\^ for the sign itself.";
    TABLE_FILE E0281 Source "the rows of a table are in two places, or in none"
        "A table has its rows in `file`, or in `rows` and `groups`; `file_total` is about the last row of `file`."
        "file: berths.csv\nrows:\n  - [Low Weir, \"12\"]"
        "Keep the file or the rows.";
    COLUMN_UNIT E0282 Source "two columns with different units share a head"
        "A unit stands behind the lowest head over its column, once."
        "header: [[Ferries, <]]\ncolumns: [{unit: km}, {unit: t}]"
        "Give each column a head of its own in the last header row.";
    PLACEHOLDER W0290 Source "something is still to be written"
        "An import writes such words where a text says no title, date, publisher or description of a picture."
        "publisher: Publisher not stated"
        "Write what belongs there; until then no release is made.";
    NO_CAPTION E0292 Source "a picture with a long description has no caption"
        "The caption leads to the description, which stands in a list at the end of the report."
        "- figure: {image: map.png, alt: A map, description: In the north …}"
        "Give it a `caption`, or say all that is needed in `alt`.";
}
