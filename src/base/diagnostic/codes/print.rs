//! Codes of print jobs, and of what a printer would object to in a file. The rules have the same names as in `preflight`.

use super::super::code::codes;

codes! { JOBS:
    NO_COVER_SHEET E0730 Layout "the cover of a perfect-bound report is no sheet of its own"
        "The layout has no title page or no back cover, so that its text begins on the inside of the cover."
        "--binding perfect with a layout that says `back_cover: false`"
        "Let the layout say `structure: {title_page: true, back_cover: true}`, as `print` does.";
    WRONG_BINDING E0731 Layout "sheets cannot be bound in this way"
        "A booklet is stitched; signatures and formes are glued; spreads and nup are proofs and not bound at all."
        "--impose booklet --binding perfect"
        "Choose sheets that go with the binding, or leave out `binding`.";
    NO_CALIPER E0732 Layout "nobody knows how thick the book is"
        "The spine of a cover is as wide as all leaves are thick, and the job names no paper."
        "--binding perfect without --stock"
        "Give the paper with --stock, or its thickness with --caliper: the printer knows both.";
    UNKNOWN_STOCK E0733 Layout "there is no paper of that name"
        "A job names a paper that is in no table."
        "--stock offset"
        "Choose one of the list, add it to layouts/print-data/stocks.yaml, or give its thickness with --caliper.";
    UNKNOWN_RULES E0734 Layout "there are no rules of that name for the preflight"
        "A job names rules that are in no table."
        "--rules offset"
        "Choose one of the list, or add them to layouts/print-data/rules.yaml.";
    COLOUR_REFUSED E0735 Differs "pages of the text are in colour, where black alone was promised"
        "`colour_pages` of the job says `refuse`, and something on the pages takes other inks than black."
        "a photograph in colour, with --colour-pages refuse"
        "Convert the pictures to grey, or agree on the pages with the printer and say `list` or `allow`.";
    SEVERAL_FILES E0736 Usage "a perfect-bound job is several files"
        "Text and cover are files of their own; -o names one."
        "--binding perfect -o book.press.pdf"
        "Name a folder with --out.";
    TOO_THICK E0737 Layout "a book is too thick to be bound"
        "Its spine would be wider than binders can glue."
        "2,000 pages on paper of 0.12 mm"
        "Divide it into volumes, or choose a thinner paper.";
}

codes! { PREFLIGHT:
    NOT_READY E0801 Differs "a file is not ready for the printer"
        "The check found errors, which are listed with it."
        "gmg-export preflight screen.pdf"
        "Fix the errors one by one; most go away with `--format press`.";
    PDF_UNREADABLE E0802 Io "a PDF file cannot be read"
        "It is damaged, or no PDF file at all."
        "gmg-export preflight letter.txt"
        "Make it again, or fetch it again.";
    PRINTER_PROFILE E0803 Io "the printer's profile is not for a press"
        "The file is not an ICC profile, or not one for inks."
        "gmg-export preflight a.pdf --profile monitor.icc"
        "Ask the printer for the CMYK profile of press and paper; its name ends in .icc.";
    ENCRYPTED E0804 Differs "a file is locked"
        "It has a password or forbids changes."
        "a PDF saved with security"
        "Save it again without any security.";
    PDFX_VERSION E0805 Differs "a file does not say that it conforms to PDF/X"
        "PDF/X is the standard for files that go to a printer."
        "a PDF for screens"
        "Export it with `--format press`.";
    OUTPUT_INTENT E0806 Differs "a file does not say for which press and paper it is made"
        "It has no output intent."
        "a PDF for screens"
        "Export it with `--format press`, and give the printer's own profile with `--profile`.";
    INTENT_PROFILE E0807 Differs "the profile of the press is missing or unsuitable"
        "The file names its press without a usable profile."
        "an output intent with the profile of a screen"
        "Ask the printer for the CMYK profile of press and paper, and give it with `--profile`.";
    OTHER_INTENT W0808 Differs "a file is made for another press"
        "Its profile is not the one that the printer wants."
        "made for coated paper, to be printed on uncoated"
        "Export it with the profile that the printer wants.";
    TRAPPED E0809 Differs "a file does not say whether its colours overlap"
        "Printers must know whether they have to close gaps between colours (trapping)."
        "a PDF/X file without the entry Trapped"
        "Export it with `--format press`, which states it.";
    ACTION E0810 Differs "a file runs a program or an action"
        "A press cannot run scripts."
        "a PDF that opens a web page"
        "Remove scripts and actions.";
    BOOKMARKS W0811 Differs "a file has bookmarks"
        "They mean nothing on paper."
        "a PDF for screens"
        "Export it with `--format press`.";
    FORM E0812 Differs "a file has a form to fill in"
        "Its fields may not be printed."
        "a questionnaire as PDF"
        "Export it without form fields.";
    PAGE_COUNT E0813 Differs "the pages do not fill signatures"
        "The printer folds sheets of a fixed number of pages."
        "38 pages in signatures of 16"
        "Add blank pages before the back cover.";
    ANNOTATION E0814 Differs "a link or note is on a page of a PDF/X file"
        "The standard forbids it where it would be printed."
        "a web link in a press file"
        "Export it with `--format press`, which leaves them out.";
    SCREEN_LINK W0815 Differs "a link or note is on a page"
        "It means nothing on paper."
        "a web link"
        "Export it with `--format press`, which leaves them out.";
    EMPTY_BOX E0816 Differs "a box of a page is missing or has no size"
        "The file does not say how large the page is."
        "MediaBox [0 0 0 0]"
        "Export the page again with its size stated.";
    TRIM_BOX E0817 Differs "a file does not say where a page is trimmed"
        "It has no TrimBox."
        "a PDF for screens"
        "Export with a layout for print: `--layout print`, or `--format press`.";
    NESTED_BOXES E0818 Differs "the boxes of a page are not inside one another"
        "The trimmed page must be inside the bleed, and the bleed inside the sheet."
        "a TrimBox larger than the BleedBox"
        "Export the page again with correct boxes.";
    NARROW_BLEED E0819 Differs "the bleed is too narrow"
        "Something is printed up to the edge, and paper is never cut exactly."
        "a coloured area with 1 mm of bleed"
        "Give the page more bleed, or keep things clear of the edge.";
    EMPTY_BLEED E0820 Differs "something at the edge does not fill the bleed"
        "A strip of white paper would show."
        "a photograph that ends where the page is cut"
        "Let it run over the edge by the bleed, or keep it clear of the edge.";
    FONT_MISSING E0821 Differs "a font is not in the file"
        "The printer would use another font."
        "Helvetica, not embedded"
        "Export it with all fonts embedded.";
    BLACK_TEXT E0822 Differs "black text is printed in several inks"
        "Letters in several inks blur if one is slightly out of register."
        "text in RGB black"
        "Set the text in pure black (0, 0, 0, 100 %).";
    KNOCKOUT W0823 Differs "black text does not overprint"
        "It cuts white holes into what is below."
        "black text over a coloured area"
        "Set black text to overprint; `--format press` does so.";
    REGISTRATION E0824 Differs "something on the page is in registration colour"
        "It prints on every plate."
        "a line in the colour “All”"
        "Use black; registration colour is for marks outside the page.";
    TOO_MUCH_INK E0825 Differs "there is too much ink in one place"
        "It does not dry in time and smears."
        "a shadow of 380 % ink"
        "Choose a lighter colour, or convert the picture for the printer's profile.";
    SCREEN_COLOUR E0826 Differs "something is in the colours of a screen"
        "A press prints inks; the printer's conversion may surprise."
        "a picture in RGB"
        "Export it with a layout for print; convert pictures to CMYK.";
    HAIRLINE E0827 Differs "a line is too thin"
        "It may vanish in print."
        "a line of 0.1 pt"
        "Make the line wider.";
    POOR_PICTURE E0828 Differs "a picture has far too few pixels"
        "It will look blocky."
        "a picture of 72 pixels to the inch"
        "Use a larger picture, or print it smaller.";
    COARSE_PICTURE W0829 Differs "a picture has fewer pixels than printers want"
        "It may look soft."
        "a picture of 200 pixels to the inch"
        "Use a larger picture, or print it smaller.";
    SCREEN_MIXING E0830 Differs "transparent objects are blended in the colours of a screen"
        "Their colours change when the press converts them."
        "a page group in RGB"
        "Export it with a layout for print, or flatten the transparency in CMYK.";
    OTHER_MIXING W0831 Differs "transparent objects are blended in colours other than the inks"
        "Their colours may change in print."
        "a page group in gray"
        "Export it with a layout for print, or flatten the transparency in CMYK.";
}
