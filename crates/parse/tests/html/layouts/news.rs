//! Sites of newspapers and broadcasters.

use super::{Markup, escape, rich_head, written_day};
use crate::filler::Filler;
use crate::stories::{Part, Story};

/// A portal: mega menu, ticker, boxes within the text, three rivers of links below.
pub(super) fn portal(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup { between: box_within, ..Markup::PLAIN };
    let body = markup.body(story, 0);
    let Story { title, byline, published, language, .. } = story;
    let (title, day) = (escape(title), written_day(story));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head>{head}<style>.a{{color:red}}</style>\
         <script>window.dataLayer=[];function t(a){{return a<3&&a>1}}</script></head><body class=\"article\">\n\
         {cookies}<header class=\"site-header\"><a href=\"/\" class=\"logo\">Logo</a><nav>{menu}</nav></header>\n\
         <div class=\"ticker\">{ticker}</div>\n<main><div class=\"breadcrumb\"><a href=\"/\">1</a> › <a href=\"/m\">2</a></div>\n\
         <article class=\"article\"><h1>{title}</h1><div class=\"meta\"><span class=\"author\">{byline}</span>\
         <time datetime=\"{published}\">{day}</time></div>{share}\n<div class=\"article-body\">{body}</div>\n\
         <div class=\"tags\"><a href=\"/t/1\">Tag</a><a href=\"/t/2\">Tag</a></div>{share}</article>\n\
         <section class=\"related\"><h2>{more}</h2>{cards}</section>{comments}</main>\n\
         <aside class=\"sidebar\"><h3>{read}</h3>{ticker}{newsletter}{cards}</aside>{footer}</body></html>",
        head = rich_head(story),
        cookies = filler.cookies(),
        menu = filler.menu(60),
        ticker = filler.headlines(10),
        share = filler.share(),
        more = filler.say("Sur le même sujet", "More on this story"),
        cards = filler.cards(12),
        comments = filler.comments(),
        read = filler.say("Les plus lus", "Most read"),
        newsletter = filler.newsletter(),
        footer = filler.footer(),
    )
}

fn box_within(filler: Filler, at: usize) -> String {
    match at {
        1 => format!(
            "<div class=\"inread related-inline\"><strong>{}</strong> <a href=\"/a/9\">{}</a></div>",
            filler.say("Lire aussi :", "Read also:"),
            filler.topic(9)
        ),
        3 => filler.newsletter(),
        _ => String::new(),
    }
}

/// The lead stands in the header of the article, apart from its body.
pub(super) fn lead_in_header(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let Story { title, byline, language, .. } = story;
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body><nav>{menu}</nav>\n\
         <article><header class=\"article__header\"><h1 class=\"article__title\">{title}</h1>\n\
         <p class=\"article__chapo\">{lead}</p><p class=\"article__author\">{by} {byline}</p></header>\n\
         <section class=\"article__content\">{body}</section>\n\
         <section class=\"article__most-read\"><h3>{read}</h3>{links}</section></article>\n\
         <div class=\"river\">{cards}</div>{footer}</body></html>",
        head = rich_head(story),
        menu = filler.menu(30),
        title = escape(title),
        lead = escape(&story.lead()),
        by = filler.say("Par", "By"),
        body = Markup::PLAIN.body(story, 1),
        read = filler.say("Les plus lus", "Most read"),
        links = filler.headlines(8),
        cards = filler.cards(8),
        footer = filler.footer(),
    )
}

/// A page built by a program: class names that mean nothing, the data of the page repeated as JSON.
pub(super) fn hashed_divs(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        paragraph: |text| format!("<div class=\"css-k3j2x1\"><p class=\"css-9a8b7c\">{text}</p></div>"),
        heading: |text| format!("<div class=\"css-h2\"><h2 class=\"css-z1\">{text}</h2></div>"),
        quote: |text| format!("<div class=\"css-q9\"><blockquote class=\"css-p0\">{text}</blockquote></div>"),
        between: |_, _| "<div class=\"css-gap\"></div>".to_owned(),
    };
    let body = markup.body(story, 0);
    let state = serde_json::json!({ "page": { "body": story.truth(true), "links": filler.cards(30) } }).to_string();
    let Story { title, language, published, .. } = story;
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body><div id=\"__app\"><div class=\"css-1\">\
         <div class=\"css-nav\">{menu}</div></div><div class=\"css-2\"><div class=\"css-3\"><h1 class=\"css-t\">{title}</h1>\
         <div class=\"css-4\"><time datetime=\"{published}\">{day}</time></div></div>\n<div class=\"css-5\">{body}</div></div>\n\
         <div class=\"css-6\">{cards}</div><div class=\"css-7\">{links}</div></div>\
         <script id=\"__STATE__\" type=\"application/json\">{state}</script></body></html>",
        head = rich_head(story),
        menu = filler.menu(40),
        title = escape(title),
        day = written_day(story),
        cards = filler.cards(6),
        links = filler.headlines(14),
        state = state.replace("</", "<\\/"),
    )
}

/// A section for every few paragraphs, with advertisements between them.
pub(super) fn sections_with_ads(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        between: |filler, at| {
            let label = filler.say("Publicité", "Advertisement");
            let next = filler.say("La suite après la publicité", "Article continues below");
            if at % 2 == 0 {
                format!(
                    "</div></section><div class=\"ad-slot\"><span>{label}</span><p>{next}</p></div><section class=\"s\"><div class=\"col\">"
                )
            } else {
                String::new()
            }
        },
        ..Markup::PLAIN
    };
    let Story { title, byline, language, .. } = story;
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body><header><nav>{menu}</nav></header>\n\
         <main id=\"main\"><h1>{title}</h1><div class=\"byline\">{by} <a href=\"/x\">{byline}</a></div>\n\
         <section class=\"s\"><div class=\"col\">{body}</div></section>\n\
         <div class=\"read-next\"><h3>{more}</h3>{links}</div></main>{footer}</body></html>",
        head = rich_head(story),
        menu = filler.menu(25),
        title = escape(title),
        by = filler.say("Par", "By"),
        body = markup.body(story, 0),
        more = filler.say("À lire aussi", "Read next"),
        links = filler.headlines(9),
        footer = filler.footer(),
    )
}

/// Microdata and no JSON-LD.
pub(super) fn microdata(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let Story { title, byline, published, outlet, language, slug, .. } = story;
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} | {outlet}</title></head><body>\n\
         <div id=\"top\">{menu}</div><div itemscope itemtype=\"http://schema.org/NewsArticle\" class=\"node\">\n\
         <link itemprop=\"mainEntityOfPage\" href=\"https://outlet.example/{slug}\">\n\
         <h1 itemprop=\"headline\">{title}</h1><span itemprop=\"author\">{byline}</span>\n\
         <meta itemprop=\"datePublished\" content=\"{published}\"><div itemprop=\"articleBody\">{body}</div>{share}</div>\n\
         <div id=\"right\"><h3>{read}</h3>{links}{cards}</div>{footer}</body></html>",
        title = escape(title),
        outlet = escape(outlet),
        menu = filler.menu(20),
        body = Markup::PLAIN.body(story, 0),
        share = filler.share(),
        read = filler.say("Les plus lus", "Most read"),
        links = filler.headlines(12),
        cards = filler.cards(5),
        footer = filler.footer(),
    )
}

/// A block of its own for each part, all beside one another, with the related links among them.
pub(super) fn sibling_blocks(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        paragraph: |text| {
            format!(
                "<div data-component=\"text-block\" class=\"ssrcss-x\"><div class=\"rich\"><p class=\"para\">{text}</p></div></div>"
            )
        },
        heading: |text| {
            format!("<div data-component=\"subheadline-block\" class=\"ssrcss-y\"><h2 class=\"sub\">{text}</h2></div>")
        },
        quote: |text| format!("<div data-component=\"quote-block\"><blockquote><p>{text}</p></blockquote></div>"),
        between: |filler, at| {
            if at == 2 {
                format!(
                    "<div data-component=\"links-block\"><h2>{}</h2>{}</div>",
                    filler.say("À lire aussi", "Read more"),
                    filler.headlines(3)
                )
            } else {
                String::new()
            }
        },
    };
    let Story { title, published, language, .. } = story;
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body><header>{menu}</header><main id=\"main-content\">\n\
         <article class=\"ssrcss-a\"><header><h1 id=\"main-heading\">{title}</h1><ul class=\"md\"><li>\
         <time datetime=\"{published}\">{day}</time></li></ul></header>{body}\n\
         <section data-component=\"tag-list\"><ul><li><a href=\"/t\">Tag</a></li></ul></section></article>\n\
         <aside><h2>{top}</h2>{links}</aside></main>{footer}</body></html>",
        head = rich_head(story),
        menu = filler.menu(18),
        title = escape(title),
        day = written_day(story),
        body = markup.body(story, 0),
        top = filler.say("À la une", "Top stories"),
        links = filler.headlines(10),
        footer = filler.footer(),
    )
}

/// The version for phones, with elements of its own.
pub(super) fn amp(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let mut without_caption = story.clone();
    without_caption.parts.retain(|part| !matches!(part, Part::Caption(_)));
    let caption = story.parts.iter().find(|part| matches!(part, Part::Caption(_)));
    let figure = caption.map_or_else(String::new, |part| {
        format!("<figure><amp-img src=\"/p.jpg\"></amp-img><figcaption>{}</figcaption></figure>", escape(&part.words()))
    });
    let Story { title, byline, language, .. } = story;
    format!(
        "<!doctype html><html ⚡ lang=\"{language}\"><head>{head}<script async src=\"/amp.js\"></script>\
         <style amp-boilerplate>body{{visibility:hidden}}</style></head><body>\n\
         <amp-sidebar id=\"side\" layout=\"nodisplay\">{menu}</amp-sidebar><header class=\"top\">Logo</header>\n\
         <article class=\"amp-article\"><h1>{title}</h1><p class=\"amp-byline\">{byline}, {day}</p>{figure}\n\
         <div class=\"amp-body\">{body}</div></article><amp-ad width=\"300\" type=\"x\"></amp-ad>\n\
         <div class=\"amp-related\"><h3>{more}</h3>{links}</div>{footer}</body></html>",
        head = rich_head(story),
        menu = filler.menu(16),
        title = escape(title),
        day = written_day(story),
        body = Markup::PLAIN.body(&without_caption, 0),
        more = filler.say("À lire aussi", "Read next"),
        links = filler.headlines(6),
        footer = filler.footer(),
    )
}
