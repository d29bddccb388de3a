//! Codes of Word templates: what cannot be taken over of one, and why one cannot be used.

use super::super::code::codes;

codes! { LEFT_OUT:
    TEMPLATE_STYLES W0660 Layout "a Word template has no styles for some of the text"
        "The report uses styles that the template does not have; they are added, in the template's fonts and colours."
        "a template without a style Speaker Name"
        "Add styles of these names to the template, or leave it as it is: the file is whole either way.";
    TEMPLATE_MACROS W0661 Layout "a Word template has macros"
        "No file of this program carries a program of somebody else."
        "template: house.dotm"
        "Nothing: they are left out. To be rid of the warning, save the template as .dotx.";
    TEMPLATE_FONTS W0662 Layout "a Word template has fonts in it"
        "Whether they may be passed on is for their licence to say."
        "a template saved with “Embed fonts in the file”"
        "Nothing: they are left out, and the file names them. Take them out of the template with File, Options, Save.";
    TEMPLATE_LINKED W0663 Layout "a Word template shows something that is stored elsewhere"
        "Word would fetch it from the network when somebody opens the file."
        "a logo in the header that is linked to https://example.org/logo.png"
        "Insert the picture into the template (Insert, Pictures) without linking it.";
    TEMPLATE_OBJECTS W0664 Layout "headers, footers or cover of a Word template hold what is not taken over"
        "Objects of other programs, files within the file, charts, drawings in an old form and forms are left out."
        "a watermark in the header"
        "Use words, tables and pictures (PNG or JPEG) instead, or leave it as it is.";
    TEMPLATE_NUMBERS W0665 Layout "a Word template numbers headings or paragraphs itself"
        "The report says what is numbered, and all formats say the same: Word would add numbers that no other has."
        "a style heading 1 with the numbers 1., 2., 3."
        "Set `numbering` of the report or of the layout, and take the numbers out of the template's styles.";
    TEMPLATE_CONTRAST W0666 Layout "text in a style of a Word template is hard to read"
        "Its colour has too little contrast with the paper (WCAG 1.4.3 asks for 4.5:1), it is smaller than the layout allows, or the style hides it; what hides is left out."
        "a style heading 2 in light grey"
        "Choose a darker colour or a larger size in the template.";
    TEMPLATE_COVER W0667 Layout "the cover of a Word template is not taken over as it is"
        "A placeholder has nothing to hold, or text stands in boxes and tables that are no tables, which nobody hears in order."
        "a text box with the title on the cover"
        "Set the cover of the template as plain paragraphs, with content controls for what the report knows.";
    TEMPLATE_PICTURE W0668 Layout "a picture of a Word template has no alternative text"
        "It is marked as decoration: nobody hears that it is there."
        "a logo in the header"
        "Where it says something, give it an alternative text in the template (right-click, View Alt Text).";
    TEMPLATE_PAGE W0669 Layout "the page of a Word template is not that of the layout"
        "The Word file has the template's page, other formats have the layout's."
        "a template on Letter in a layout on A4"
        "Set `page` in layout.yaml to the size of the template, or change the template's page.";
}

codes! { UNFIT:
    TEMPLATE_UNREADABLE E0780 Layout "a Word template cannot be read"
        "There is no such file in the folder of the layout, it is not a file, or it is larger than 64 MiB."
        "docx: {template: hause.dotx}"
        "Put the template into the folder of layout.yaml and write its name, such as template: house.dotx.";
    NOT_A_TEMPLATE E0781 Layout "a Word template is a file of another kind"
        "It is no Word file, an old one (.dot, .doc), or protected by a password."
        "docx: {template: house.odt}"
        "Open it in Word or LibreOffice and save it as “Word template (.dotx)”, without a password.";
    TEMPLATE_DAMAGED E0782 Layout "a Word template is damaged"
        "The file is cut off, or a part of it is no XML."
        "a template that broke off while it was copied"
        "Open it in Word, which may repair it, and save it again.";
    TEMPLATE_TOO_LARGE E0783 Layout "a Word template has too much in it"
        "More parts, styles or pictures than any template needs: it may be harmful."
        "pictures of more than 32 MiB in its headers"
        "Make its pictures smaller (Picture Format, Compress Pictures), and delete styles that nobody uses.";
    TEMPLATE_ROOM E0784 Layout "no text fits on the page of a Word template"
        "Its margins leave less than an inch, or its page is larger or smaller than Word allows."
        "margins of 12 cm on a page of 21 cm"
        "Set the page and the margins in the template (Layout, Margins).";
}
