//! Sites of ministries, agencies and missions.

use super::{Markup, escape, written_day};
use crate::filler::Filler;
use crate::stories::Story;

/// Tables within tables, capitals, no class that says anything.
pub(super) fn tables(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        paragraph: |text| format!("<P ALIGN=\"JUSTIFY\"><FONT SIZE=\"2\">{text}</FONT></P>\n"),
        heading: |text| format!("<P><B>{text}</B></P>\n"),
        quote: |text| format!("<P><I>{text}</I></P>\n"),
        ..Markup::PLAIN
    };
    format!(
        "<HTML LANG=\"{language}\"><HEAD><META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; charset=utf-8\">\
         <TITLE>{outlet} - {title}</TITLE></HEAD><BODY BGCOLOR=\"#FFFFFF\">\n\
         <TABLE WIDTH=\"100%\"><TR><TD COLSPAN=\"3\"><IMG SRC=\"/logo.gif\"></TD></TR>\n\
         <TR><TD WIDTH=\"160\" VALIGN=\"TOP\">{menu}</TD><TD VALIGN=\"TOP\"><TABLE><TR><TD><B>{title}</B></TD></TR>\
         <TR><TD>{on} {day}</TD></TR><TR><TD>{body}</TD></TR></TABLE></TD>\n\
         <TD WIDTH=\"140\" VALIGN=\"TOP\">{links}</TD></TR><TR><TD COLSPAN=\"3\"><CENTER>{legal}</CENTER></TD></TR></TABLE></BODY></HTML>",
        language = story.language,
        outlet = escape(&story.outlet),
        title = escape(&story.title),
        menu = filler.menu(14),
        on = filler.say("Publié le", "Published on"),
        day = written_day(story),
        body = markup.body(story, 0),
        links = filler.headlines(5),
        legal = filler.say("Mentions légales - Plan du site - Contact", "Legal notice - Site map - Contact"),
    )
}

/// No paragraphs: lines with breaks between them.
pub(super) fn line_breaks(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        paragraph: |text| format!("{text}<br>\n<br>\n"),
        heading: |text| format!("<b>{text}</b><br><br>\n"),
        quote: |text| format!("<i>{text}</i><br><br>\n"),
        ..Markup::PLAIN
    };
    format!(
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"{language}\" lang=\"{language}\"><head>\
         <meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" /><title>{title}</title>\
         <meta name=\"date\" content=\"{date}\" /></head><body><div id=\"nav\">{menu}</div>\n\
         <div id=\"contenu\"><h2>{title}</h2><div class=\"date\">{day}</div><div class=\"texte\">{body}</div></div>\n\
         <div id=\"pied\">{links}</div></body></html>",
        language = story.language,
        title = escape(&story.title),
        date = story.day(),
        menu = filler.menu(10),
        day = written_day(story),
        body = markup.body(story, 0),
        links = filler.headlines(4),
    )
}

/// A `div` for everything, and a banner for cookies before all else.
pub(super) fn div_soup(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        paragraph: |text| format!("<div>{text}</div>"),
        heading: |text| format!("<div><strong>{text}</strong></div>"),
        quote: |text| format!("<div><em>{text}</em></div>"),
        ..Markup::PLAIN
    };
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} | {outlet}</title>\
         <meta name=\"DC.date.issued\" content=\"{date}\"><meta property=\"og:title\" content=\"{title}\"></head><body>{cookies}\n\
         <div class=\"page\"><div class=\"top\">{menu}</div><div class=\"middle\"><div class=\"left\">{links}</div>\
         <div class=\"centre\"><div class=\"titre\">{title}</div><div class=\"field-body\">{body}</div></div></div>\
         <div class=\"bottom\">{footer}</div></div></body></html>",
        language = story.language,
        title = escape(&story.title),
        outlet = escape(&story.outlet),
        date = story.day(),
        cookies = filler.cookies(),
        menu = filler.menu(12),
        links = filler.headlines(6),
        body = markup.body(story, 0),
        footer = filler.footer(),
    )
}

/// A page that does not say when it was published, only what year the site is.
pub(super) fn undated(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta property=\"og:site_name\" content=\"{outlet}\"></head><body><nav>{menu}</nav>\n\
         <main><h1>{title}</h1><div class=\"content\">{body}</div></main>{footer}</body></html>",
        language = story.language,
        title = escape(&story.title),
        outlet = escape(&story.outlet),
        menu = filler.menu(12),
        body = Markup::PLAIN.body(story, 0),
        footer = filler.footer(),
    )
}
