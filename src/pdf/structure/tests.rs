//! The tag tree on small files, and what links say.

use super::targets::target;
use super::*;

/// A file with one page and these elements, each with its type, attributes and what it holds: elements by their place
/// in the list, content by its number.
fn file(elements: &[(&str, Option<Dictionary>, &[Kid])]) -> (Document, ObjectId) {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document
        .add_object(dictionary! { "Type" => "Page", "Parent" => pages, "StructParents" => 0 });
    let list = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, list.into());
    let ids: Vec<ObjectId> = elements.iter().map(|_| document.new_object_id()).collect();
    let root = document.new_object_id();
    let mut owners = vec![Object::Null; 9];
    for (id, (kind, attributes, kids)) in ids.iter().zip(elements) {
        let mut dict = dictionary! { "Type" => "StructElem", "S" => *kind, "Pg" => page };
        if let Some(attributes) = attributes {
            dict.set("A", attributes.clone());
        }
        let kid = |kid: &Kid| match kid {
            Kid::Element(at) => Object::Reference(ids[*at]),
            Kid::Content(number) => Object::Integer(*number),
        };
        dict.set("K", kids.iter().map(kid).collect::<Vec<_>>());
        for kid in *kids {
            if let Kid::Content(number) = kid {
                owners[usize::try_from(*number).unwrap()] = Object::Reference(*id);
            }
        }
        document.objects.insert(*id, dict.into());
    }
    let owners = document.add_object(owners);
    let tree = dictionary! { "Nums" => vec![0.into(), owners.into()] };
    let tree = dictionary! {
        "Type" => "StructTreeRoot", "K" => vec![ids[0].into()], "ParentTree" => tree,
    };
    document.objects.insert(root, tree.into());
    let catalog = dictionary! { "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => root };
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    (document, owners)
}

enum Kid {
    Element(usize),
    Content(i64),
}
use Kid::{Content, Element as Inner};

/// The tree in one line; each element must lead back to what holds it, and each content to its element.
fn shown(document: &Document, owners: ObjectId) -> String {
    fn show(document: &Document, id: ObjectId, parent: ObjectId, owners: &[Object]) -> String {
        let dict = document.get_dictionary(id).unwrap();
        assert_eq!(dict.get(b"P").unwrap().as_reference().unwrap(), parent);
        let empty = Vec::new();
        let kids = dict
            .get(b"K")
            .and_then(Object::as_array)
            .unwrap_or(&empty)
            .iter();
        let kids = kids.map(|kid| match kid {
            Object::Integer(number) => {
                let owner = &owners[usize::try_from(*number).unwrap()];
                assert_eq!(owner.as_reference().unwrap(), id);
                number.to_string()
            }
            kid => show(document, kid.as_reference().unwrap(), id, owners),
        });
        let kind = String::from_utf8_lossy(dict.get(b"S").unwrap().as_name().unwrap());
        format!("{kind}({})", kids.collect::<Vec<_>>().join(" "))
    }
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let root = root.as_reference().unwrap();
    let kids = document.get_dictionary(root).unwrap().get(b"K").unwrap();
    let owners = document.get_object(owners).unwrap().as_array().unwrap();
    let top = kids.as_array().unwrap()[0].as_reference().unwrap();
    show(document, top, root, owners)
}

fn settled(elements: &[(&str, Option<Dictionary>, &[Kid])]) -> String {
    let (mut document, owners) = file(elements);
    settle(&mut document, &Told::default(), BTreeMap::new()).unwrap();
    shown(&document, owners)
}

fn block() -> Option<Dictionary> {
    Some(dictionary! { "O" => "Layout", "Placement" => "Block" })
}

#[test]
fn text_between_blocks_becomes_paragraphs_and_grids_go() {
    let tree = settled(&[
        ("Document", None, &[Inner(1), Inner(2), Inner(3), Inner(4)]),
        ("P", None, &[Content(0)]),
        ("Span", block(), &[Content(1)]),
        ("Link", block(), &[Content(2)]),
        ("Div", None, &[Inner(5), Inner(6)]),
        ("Div", None, &[Inner(7)]),
        ("Div", None, &[Inner(8)]),
        ("Span", block(), &[Content(3)]),
        ("Span", block(), &[Content(4)]),
    ]);
    assert_eq!(tree, "Document(P(0) P(Span(1) Link(2)) P(3) P(4))");
}

#[test]
fn content_that_moves_into_a_paragraph_leads_back_to_it() {
    let tree = settled(&[
        ("Document", None, &[Inner(1)]),
        ("L", None, &[Inner(2)]),
        ("LI", None, &[Inner(3)]),
        ("LBody", None, &[Content(0), Inner(4), Inner(5), Content(2)]),
        ("Em", None, &[Content(1)]),
        ("P", None, &[Content(3)]),
    ]);
    assert_eq!(tree, "Document(L(LI(LBody(P(0 Em(1)) P(3) P(2)))))");
}

#[test]
fn lists_of_terms_and_tables_without_heads_of_columns_that_follow_each_other_are_one() {
    let none = || Some(dictionary! { "O" => "List", "ListNumbering" => "None" });
    let tree = settled(&[
        (
            "Document",
            None,
            &[Inner(1), Inner(2), Inner(10), Inner(13)],
        ),
        ("L", none(), &[Inner(3)]),
        ("Div", None, &[Inner(4)]),
        ("LI", None, &[Inner(5), Inner(6)]),
        ("L", none(), &[Inner(7)]),
        ("Lbl", None, &[]),
        ("LBody", None, &[Content(0)]),
        ("LI", None, &[Inner(8), Inner(9)]),
        ("Lbl", None, &[Content(1)]),
        ("LBody", None, &[Content(2)]),
        ("Table", None, &[Inner(11)]),
        ("TR", None, &[Inner(12), Inner(16)]),
        ("TH", None, &[Content(3)]),
        ("Table", None, &[Inner(14)]),
        ("TR", None, &[Inner(15), Inner(17)]),
        ("TH", None, &[Content(4)]),
        ("TD", None, &[Content(5)]),
        ("TD", None, &[Content(6)]),
    ]);
    assert_eq!(
        tree,
        "Document(L(LI(LBody(0)) LI(Lbl(1) LBody(2))) Table(TR(TH(3) TD(5)) TR(TH(4) TD(6))))"
    );
}

#[test]
fn what_stands_in_a_link_or_a_line_of_code_is_no_block() {
    let tree = settled(&[
        ("Document", None, &[Inner(1), Inner(4)]),
        ("Reference", block(), &[Inner(2)]),
        ("Link", None, &[Inner(3), Content(1)]),
        ("Div", None, &[Inner(6)]),
        ("Code", block(), &[Inner(5)]),
        ("P", None, &[Inner(7)]),
        ("Span", block(), &[Content(0)]),
        ("P", None, &[Content(2)]),
    ]);
    assert_eq!(
        tree,
        "Document(P(Reference(Link(Span(0) 1))) Code(P(Span(2))))"
    );
}

#[test]
fn notes_and_known_places_are_told_and_what_is_not_known_stays() {
    let told = Told {
        targets: BTreeMap::from([("cities".into(), "Table 3, page 9".into())]),
        places: BTreeMap::from([(0, vec![(50.0, 700.0, "Ada Berg, page 1".into())])]),
        note: "note {n}",
        back: "back, note {n}",
        ..Told::default()
    };
    let tree = Tree {
        pages: BTreeMap::from([((7, 0), 0)]),
        ..Tree::default()
    };
    let document = Document::with_version("1.7");
    let said = |dest: Object, above| {
        let link = dictionary! { "Dest" => dest, "Contents" => lopdf::text_string("Fußnote 2") };
        target(&link, &told, above).or_else(|| tree.place(&document, &link, &told))
    };
    let name = |name: &str| Object::string_literal(name);
    let at = |x: f32, y: f32| {
        Object::Array(vec![
            (7, 0).into(),
            "XYZ".into(),
            x.into(),
            y.into(),
            0.into(),
        ])
    };
    let text = ["Document", "P", "Link"];
    assert_eq!(
        said(name("cities"), text).as_deref(),
        Some("Table 3, page 9")
    );
    assert_eq!(
        said(at(50.1, 700.2), text).as_deref(),
        Some("Ada Berg, page 1")
    );
    assert_eq!(said(at(50.0, 600.0), text), None);
    assert_eq!(
        said(name("x"), ["P", "Lbl", "Link"]).as_deref(),
        Some("note 2")
    );
    assert_eq!(
        said(name("x"), ["Note", "Lbl", "Link"]).as_deref(),
        Some("back, note 2")
    );
}
