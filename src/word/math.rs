//! Formulas on one line, as people type them: `a/b`, `x^2`, `√(x)`.

use super::xml::Element;

/// A formula as text.
pub(super) fn text(element: &Element) -> String {
    let mut out = String::new();
    put(element, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn put(element: &Element, out: &mut String) {
    let part = |name: &str| element.child(name).map(text).unwrap_or_default();
    let property = |name: &str| {
        let properties = element.elements().find(|one| one.name.ends_with("Pr"));
        let value = properties.and_then(|one| one.child(name)?.attr("m:val"));
        value.map(str::to_owned)
    };
    match &*element.name {
        "m:t" | "w:t" => out.push_str(&element.text()),
        "w:delText" | "m:rPr" | "w:rPr" | "m:ctrlPr" => {}
        "m:f" => {
            let (above, below) = (grouped(&part("m:num")), grouped(&part("m:den")));
            out.push_str(&format!("{above}/{below}"));
        }
        "m:sSup" | "m:sSub" | "m:sSubSup" | "m:sPre" => {
            let base = grouped(&part("m:e"));
            let (below, above) = (part("m:sub"), part("m:sup"));
            out.push_str(&base);
            out.push_str(&scripted('_', &below));
            out.push_str(&scripted('^', &above));
        }
        "m:rad" => {
            let degree = part("m:deg");
            let inner = part("m:e");
            out.push_str(&match degree.is_empty() {
                true => format!("√({inner})"),
                false => format!("√({degree}&{inner})"),
            });
        }
        "m:d" => {
            let open = property("m:begChr").unwrap_or_else(|| "(".to_owned());
            let close = property("m:endChr").unwrap_or_else(|| ")".to_owned());
            let between = property("m:sepChr").unwrap_or_else(|| "|".to_owned());
            let inner = element.elements().filter(|one| &*one.name == "m:e");
            let inner: Vec<String> = inner.map(text).collect();
            out.push_str(&format!("{open}{}{close}", inner.join(&between)));
        }
        "m:nary" => {
            let sign = property("m:chr").unwrap_or_else(|| "∫".to_owned());
            let (below, above) = (part("m:sub"), part("m:sup"));
            out.push_str(&sign);
            out.push_str(&scripted('_', &below));
            out.push_str(&scripted('^', &above));
            out.push_str(&format!(" {}", part("m:e")));
        }
        "m:limLow" | "m:limUpp" => {
            let sign = if &*element.name == "m:limLow" {
                '_'
            } else {
                '^'
            };
            out.push_str(&part("m:e"));
            out.push_str(&scripted(sign, &part("m:lim")));
        }
        "m:func" => out.push_str(&format!("{} {}", part("m:fName"), grouped(&part("m:e")))),
        "m:acc" => {
            let sign = property("m:chr").unwrap_or_else(|| "\u{302}".to_owned());
            out.push_str(&format!("{}{sign}", part("m:e")));
        }
        "m:m" => {
            let rows = element.elements().filter(|one| &*one.name == "m:mr");
            let rows = rows.map(|row| {
                let cells: Vec<String> = row.elements().map(text).collect();
                cells.join(" & ")
            });
            out.push_str(&format!("({})", rows.collect::<Vec<_>>().join(" ; ")));
        }
        "m:eqArr" => {
            let lines = element.elements().filter(|one| &*one.name == "m:e");
            let lines: Vec<String> = lines.map(text).collect();
            out.push_str(&lines.join(" ; "));
        }
        _ => {
            for inner in element.elements() {
                if &*inner.name == "m:oMath" && !out.is_empty() {
                    out.push(' ');
                }
                put(inner, out);
            }
        }
    }
}

/// What has several parts, in brackets.
fn grouped(text: &str) -> String {
    let single = text.chars().all(char::is_alphanumeric);
    let closed = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    match single || closed {
        true => text.to_owned(),
        false => format!("({text})"),
    }
}

fn scripted(sign: char, text: &str) -> String {
    match text.is_empty() {
        true => String::new(),
        false => format!("{sign}{}", grouped(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::xml;

    #[test]
    fn formulas_are_typed_on_one_line() {
        let of = |inner: &str| {
            let ns = "http://schemas.openxmlformats.org/officeDocument/2006/math";
            let whole = format!("<m:oMath xmlns:m='{ns}'>{inner}</m:oMath>");
            text(&xml::parse(whole.as_bytes()).unwrap())
        };
        let r = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
        let e = |name: &str, inner: String| format!("<m:{name}>{inner}</m:{name}>");
        let fraction = e("num", r("a+b")) + &e("den", r("2"));
        assert_eq!(of(&e("f", fraction)), "(a+b)/2");
        let power = e("e", r("x")) + &e("sup", r("2"));
        assert_eq!(of(&e("sSup", power)), "x^2");
        assert_eq!(of(&e("rad", e("e", r("x")))), "√(x)");
        let sum = "<m:naryPr><m:chr m:val='∑'/></m:naryPr>".to_owned()
            + &e("sub", r("i"))
            + &e("e", r("i"));
        assert_eq!(of(&e("nary", sum)), "∑_i i");
    }
}
