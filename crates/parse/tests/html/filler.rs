//! What stands around an article: menus, teasers, comments, banners. Every run prints the same.

use std::fmt::Write as _;

const TOPICS: [[&str; 14]; 2] = [
    [
        "Le budget municipal voté sans surprise",
        "Football : Tesk accroché à domicile",
        "Météo : un dimanche sous la pluie",
        "Pourquoi les loyers montent encore",
        "La récolte de pommes en avance",
        "Cinéma : trois films à voir",
        "Grève des ferries, le point",
        "Un musée rouvre ses portes",
        "Santé : faut-il dormir davantage ?",
        "L’école du futur en débat",
        "Le prix du pain divise",
        "Cyclisme : la course maintenue",
        "Les vignerons inquiets du gel",
        "Portrait d’une juge discrète",
    ],
    [
        "Council passes budget after long debate",
        "Ferry strike enters second week",
        "Rain expected across the coast",
        "Why rents keep on rising",
        "Five films to watch tonight",
        "Museum reopens after repairs",
        "Striker signs for three seasons",
        "Is the four day week over?",
        "Farmers count cost of late frost",
        "Inside the school without walls",
        "Bread prices split the town",
        "Cyclists face shorter course",
        "The quiet judge of Harrow Street",
        "Phone sales fall again",
    ],
];

const SECTIONS: [[&str; 8]; 2] = [
    ["Accueil", "Monde", "Politique", "Économie", "Sport", "Culture", "Opinions", "Vidéos"],
    ["Home", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Video"],
];

/// What is printed around articles of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filler {
    language: usize,
}

impl Filler {
    pub(crate) fn of(language: &str) -> Self {
        Filler { language: usize::from(language != "fr") }
    }

    pub(crate) fn say(self, french: &'static str, english: &'static str) -> &'static str {
        [french, english][self.language]
    }

    pub(crate) fn topic(self, at: usize) -> &'static str {
        TOPICS[self.language][at % 14]
    }

    /// A menu of `count` links in a list.
    pub(crate) fn menu(self, count: usize) -> String {
        (0..count).fold("<ul class=\"menu\">".to_owned(), |mut out, at| {
            let section = SECTIONS[self.language][at % 8];
            write!(out, "<li><a href=\"/s/{at}\">{section} {}</a></li>", if at < 8 { "" } else { "+" }).unwrap();
            out
        }) + "</ul>"
    }

    /// `count` headlines that link to other articles, in a list.
    pub(crate) fn headlines(self, count: usize) -> String {
        (0..count).fold("<ul>".to_owned(), |mut out, at| {
            write!(out, "<li><a href=\"/a/{at}\">{}</a></li>", self.topic(at)).unwrap();
            out
        }) + "</ul>"
    }

    /// `count` cards with picture, headline and two lines of text.
    pub(crate) fn cards(self, count: usize) -> String {
        let text = self.say(
            "La décision, attendue depuis des semaines, a été accueillie avec prudence par les habitants du quartier.",
            "The decision had been expected for weeks and was met with caution by people living nearby.",
        );
        (0..count).fold(String::new(), |mut out, at| {
            let topic = self.topic(at);
            write!(
                out,
                "<div class=\"card teaser\"><a href=\"/a/{at}\"><img src=\"/i/{at}.jpg\" alt=\"\"><h3>{topic}</h3></a>\
                 <p class=\"teaser-text\">{text}</p></div>"
            )
            .unwrap();
            out
        })
    }

    pub(crate) fn comments(self) -> String {
        let one = self.say(
            "Encore une fois personne ne dit qui paiera la reconstruction de cette ville.",
            "Once more nobody says who is going to pay for rebuilding that town.",
        );
        let two = self.say("Merci pour cet article très complet.", "Thank you for this very complete article.");
        let head = self.say("Commentaires (2)", "Comments (2)");
        format!(
            "<section id=\"comments\" class=\"comments\"><h2>{head}</h2>\
             <div class=\"comment\"><span class=\"author\">toto57</span><p>{one}</p></div>\
             <div class=\"comment\"><span class=\"author\">Lena B.</span><p>{two}</p></div>\
             <form><textarea></textarea><button>OK</button></form></section>"
        )
    }

    pub(crate) fn newsletter(self) -> String {
        let title = self.say("Notre newsletter", "Our newsletter");
        let text = self.say(
            "Recevez chaque matin l’essentiel de l’actualité dans votre boîte mail.",
            "Get the day’s headlines delivered to your inbox every morning.",
        );
        format!(
            "<div class=\"newsletter-box\"><h4>{title}</h4><p>{text}</p><form><input name=\"mail\"><button>OK</button>\
             </form></div>"
        )
    }

    pub(crate) fn cookies(self) -> String {
        let text = self.say(
            "Nous et nos partenaires utilisons des cookies pour mesurer l’audience et personnaliser la publicité. \
             Vous pouvez accepter ou refuser à tout moment.",
            "We and our partners use cookies to measure our audience and to personalise advertising. You can accept or \
             refuse at any time.",
        );
        let (yes, no) = (self.say("Tout accepter", "Accept all"), self.say("Continuer sans accepter", "Refuse"));
        format!(
            "<div id=\"cookie-banner\" class=\"cookie\"><p>{text}</p><button>{yes}</button><a href=\"#\">{no}</a></div>"
        )
    }

    pub(crate) fn share(self) -> String {
        let label = self.say("Partager", "Share");
        format!(
            "<div class=\"share-tools\"><span>{label}</span><a href=\"#\">Facebook</a><a href=\"#\">X</a>\
             <a href=\"#\">WhatsApp</a><a href=\"#\">E-mail</a></div>"
        )
    }

    pub(crate) fn footer(self) -> String {
        let links = self.say("Mentions légales", "Terms of use");
        let about = self.say("Qui sommes-nous", "About us");
        let rights = self.say("Tous droits réservés", "All rights reserved");
        let menu = self.menu(24);
        format!(
            "<footer class=\"site-footer\">{menu}<p><a href=\"/legal\">{links}</a> <a href=\"/about\">{about}</a></p>\
             <p>© 2025. {rights}.</p></footer>"
        )
    }
}
