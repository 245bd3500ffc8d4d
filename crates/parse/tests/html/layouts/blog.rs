//! Blogs and magazines on ready-made themes.

use super::{Markup, escape, written_day};
use crate::filler::Filler;
use crate::stories::Story;

fn head(story: &Story) -> String {
    let Story { title, outlet, published, slug, .. } = story;
    format!(
        "<meta charset=\"UTF-8\"><title>{title} – {outlet}</title><meta name=\"generator\" content=\"WordPress 6.4\">\n\
         <link rel=\"canonical\" href=\"https://blog.example/{path}/{slug}/\">\n\
         <meta property=\"article:published_time\" content=\"{published}\"><meta property=\"og:site_name\" content=\"{outlet}\">\n",
        title = escape(title),
        outlet = escape(outlet),
        path = story.day().replace('-', "/"),
    )
}

/// The classic theme: widgets beside the entry, comments and the form below.
pub(super) fn wordpress(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let Story { title, byline, published, language, .. } = story;
    let archives: String =
        (1..13).map(|month| format!("<li><a href=\"/2024/{month:02}/\">{month:02}/2024</a> (3)</li>")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body class=\"single single-post\"><div id=\"page\">\n\
         <header id=\"masthead\" class=\"site-header\"><nav id=\"site-navigation\">{menu}</nav></header>\n\
         <div id=\"content\"><div id=\"primary\"><main><article class=\"post type-post hentry\"><header class=\"entry-header\">\
         <h1 class=\"entry-title\">{title}</h1><div class=\"entry-meta\"><span class=\"posted-on\"><time class=\"entry-date \
         published\" datetime=\"{published}\">{day}</time></span><span class=\"byline\">{byline}</span></div></header>\n\
         <div class=\"entry-content\">{body}<div class=\"sharedaddy sd-sharing-enabled\"><h3>{share}</h3><ul>\
         <li><a href=\"#\">Facebook</a></li><li><a href=\"#\">X</a></li></ul></div><div id=\"jp-relatedposts\"></div></div>\n\
         <footer class=\"entry-footer\"><span class=\"cat-links\"><a href=\"/c\">Monde</a></span></footer></article>\n\
         <nav class=\"post-navigation\"><a href=\"/p\">{before}</a><a href=\"/n\">{after}</a></nav>{comments}</main></div>\n\
         <aside id=\"secondary\" class=\"widget-area\"><section class=\"widget\"><h2>{recent}</h2>{links}</section>\
         <section class=\"widget\"><h2>Archives</h2><ul>{archives}</ul></section></aside></div>{footer}</div></body></html>",
        head = head(story),
        menu = filler.menu(12),
        title = escape(title),
        day = written_day(story),
        body = Markup::PLAIN.body(story, 0),
        share = filler.say("Partager :", "Share this:"),
        before = filler.topic(3),
        after = filler.topic(4),
        comments = filler.comments(),
        recent = filler.say("Articles récents", "Recent posts"),
        links = filler.headlines(5),
        footer = filler.footer(),
    )
}

/// The theme of blocks: groups within groups, related entries as a grid with their openings.
pub(super) fn gutenberg(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let markup = Markup {
        quote: |text| format!("<blockquote class=\"wp-block-quote\"><p>{text}</p></blockquote>\n"),
        heading: |text| format!("<h2 class=\"wp-block-heading\">{text}</h2>\n"),
        ..Markup::PLAIN
    };
    let Story { title, published, language, .. } = story;
    format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head>{head}</head><body><div class=\"wp-site-blocks\">\n\
         <header class=\"wp-block-template-part\"><nav class=\"wp-block-navigation\">{menu}</nav></header>\n\
         <main class=\"wp-block-group\"><div class=\"wp-block-group\"><h1 class=\"wp-block-post-title\">{title}</h1>\
         <div class=\"wp-block-post-date\"><time datetime=\"{published}\">{day}</time></div></div>\n\
         <div class=\"entry-content wp-block-post-content\">{body}</div>\n\
         <div class=\"wp-block-query\"><h2>{more}</h2>{cards}</div></main>{footer}</div></body></html>",
        head = head(story),
        menu = filler.menu(9),
        title = escape(title),
        day = written_day(story),
        body = markup.body(story, 0),
        more = filler.say("Autres articles", "More posts"),
        cards = filler.cards(4),
        footer = filler.footer(),
    )
}

/// Written by hand: little markup, and the day only in the text and the address.
pub(super) fn plain(story: &Story) -> String {
    let filler = Filler::of(&story.language);
    let Story { title, slug, .. } = story;
    format!(
        "<html><head><meta charset=utf-8><title>{title}</title>\
         <link rel=canonical href=\"https://hand.example/{path}/{slug}.html\"></head><body>\n\
         <p><a href=\"/\">Index</a> | <a href=\"/about\">{about}</a> | <a href=\"/rss\">RSS</a></p><hr>\n\
         <h1>{title}</h1><p><i>{posted} {day}</i></p>\n{body}\n<hr><p>{before} <a href=\"/x\">{topic}</a></p></body></html>",
        title = escape(title),
        path = story.day().replace('-', "/"),
        about = filler.say("À propos", "About"),
        posted = filler.say("Publié le", "Posted on"),
        day = written_day(story),
        body = Markup::PLAIN.body(story, 0),
        before = filler.say("Précédent :", "Previous:"),
        topic = filler.topic(2),
    )
}
