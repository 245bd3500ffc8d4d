//! What is boilerplate and what is not, line by line. Every line stands at the edge of a short text, where most cues reach.

use recoup_model::{Block, BlockKind, Body};

use crate::support::{item, parse};

fn blocks(line: &str) -> (String, Vec<Block>) {
    let text = format!("Les combats ont repris hier.\n\n{line}\n\nLe calme est revenu ce matin.\n");
    let document = parse(item("case.txt", Body::Text(text))).documents.remove(0);
    (document.text, document.blocks)
}

/// The kinds of the blocks that a line makes, each with its text.
fn kinds(line: &str) -> Vec<(BlockKind, String)> {
    let (text, blocks) = blocks(line);
    let inner = &blocks[1..blocks.len() - 1];
    inner.iter().map(|block| (block.kind, block.span.slice(&text).unwrap().to_owned())).collect()
}

#[test]
fn running_text_is_never_marked() {
    let innocent = [
        "Photographié par un drone, le convoi comptait trente camions.",
        "Photo après photo, les analystes ont compté douze épaves.",
        "Par ailleurs, trente soldats ont été tués près de Zabid.",
        "Par deux fois, l'armée a bombardé le port.",
        "Par Hodeïda passent 80 % des importations.",
        "Partager le renseignement avec Kaboul reste exclu, dit le ministre.",
        "Partagée entre deux camps, la ville compte 300 morts.",
        "Read by the spokesman, the statement listed 40 dead.",
        "Read more than once, the order left no doubt: 12 villages were to be emptied.",
        "By Friday, Kabul had fallen.",
        "By Monday night 300 people had fled.",
        "By Ali Hassan's count, 40 houses burned.",
        "Related attacks killed 30 people in Aden.",
        "Subscribers to the war loan lost 3 million.",
        "Subscribe or leave, the militia told 400 farmers.",
        "Share of the front held by the rebels: 30%.",
        "Sharing a border of 400 km, both armies dug in.",
        "Contact a été perdu avec deux navires.",
        "Contact was lost with two ships off Aden.",
        "Image rare : un général pleure, dit le blogueur.",
        "Imaged by satellite, the airfield shows 14 craters.",
        "Crédités de 300 tirs, les Houthis en revendiquent 400.",
        "Credit for the raid was claimed by two groups.",
        "Avec l'AFP, deux agences confirment 30 morts.",
        "Avec les agences humanitaires, l'armée a évacué 300 civils.",
        "AFP reporters counted 17 bodies in the yard.",
        "Reuters could not verify the toll of 30.",
        "Réservé aux femmes, le camp abrite 300 familles.",
        "Il vous reste 24 heures, a prévenu le général.",
        "« Contactez-nous avant l'aube », ont écrit les rebelles aux 300 conscrits.",
        "Journaliste à Zabid, Ali Sow a été tué mardi.",
        "Journaliste et père de trois enfants, il a été enlevé.",
        "Passionné d'histoire, le colonel a refusé d'obéir.",
        "Rédacteur du traité, le juge compte 40 violations.",
        "Ana Roe is a reporter who was killed in Aden.",
        "The author of the raid is known, the army said.",
        "À lire le communiqué, 300 hommes ont déserté.",
        "À voir les images, le pont est détruit.",
        "Voir aussi dans ce recul une défaite serait hâtif.",
        "Lire le bilan suffit : 300 morts.",
        "Suivez la rivière, disait le guide aux 40 fuyards.",
        "Suivis par un drone, les blindés ont fait demi-tour.",
        "Additional reporting suggests that 30 died.",
        "Reporting by the UN puts the toll at 300.",
        "Editing the list, the clerk struck 30 names.",
        "Édité par l'ONU, le rapport recense 300 morts.",
        "Traduit du dari, l'ordre vise douze villages.",
        "Tagged as deserters, 30 men were jailed.",
        "Commentaires et menaces ont suivi la frappe.",
        "From 300 a month, deaths rose to 900.",
        "Recevez 300 hommes demain, dit le message intercepté.",
        "Copyright disputes aside, the film shows 12 tanks.",
        "Newsletters of the militia list 30 dead.",
        "Télégrammes et ordres saisis citent 300 noms.",
    ];
    let marked: Vec<_> = innocent
        .iter()
        .flat_map(|line| kinds(line))
        .filter(|(kind, _)| !matches!(kind, BlockKind::Paragraph | BlockKind::Heading))
        .collect();
    assert!(marked.is_empty(), "{marked:#?}");
}

#[test]
fn boilerplate_is_marked() {
    use BlockKind::{Author, Credit, Related, Subscribe};
    let cases = [
        (Subscribe, "Abonnez-vous pour lire la suite."),
        (Subscribe, "Cet article est réservé à nos abonnés. Il vous reste 40 % à lire."),
        (Subscribe, "Inscrivez-vous à notre lettre du soir."),
        (Subscribe, "Suivez-nous sur Telegram"),
        (Subscribe, "Partager sur Facebook"),
        (Subscribe, "Partager"),
        (Subscribe, "12 commentaires"),
        (Subscribe, "Tél. 01 99 00 00 00"),
        (Subscribe, "Temps de lecture : 4 min"),
        (Subscribe, "© L'Estafette 2024 - Tous droits réservés"),
        (Subscribe, "Nous utilisons des cookies pour mesurer l'audience."),
        (Subscribe, "Offre à 3 € le premier mois, sans engagement"),
        (Subscribe, "Subscribe to our morning briefing"),
        (Subscribe, "Sign up for our newsletter."),
        (Subscribe, "Share this article"),
        (Subscribe, "All rights reserved."),
        (Subscribe, "4 min read"),
        (Credit, "Photo : Ana Roe / L'Estafette"),
        (Credit, "Crédit photo : DR"),
        (Credit, "Image: a column of trucks. (Handout)"),
        (Credit, "© Agence Estafette"),
        (Credit, "(AFP/Getty Images)"),
        (Credit, "Avec AFP"),
        (Credit, "Avec AFP et Reuters"),
        (Credit, "(With Reuters)"),
        (Credit, "AFP/L'Estafette"),
        (Credit, "L'Estafette avec AFP"),
        (Credit, "abc/de/fgh"),
        (Credit, "(Reporting by Ana Roe in Aden; editing by Luc Bah)"),
        (Credit, "Additional reporting by Luc Bah"),
        (Credit, "($1 = 530 rials)"),
        (Related, "Lire aussi : Au nord, la trêve tient"),
        (Related, "LIRE AUSSI. Au nord, la trêve tient"),
        (Related, "À lire : Au nord, la trêve tient"),
        (Related, "Sur le même sujet"),
        (Related, "Dans la même rubrique :"),
        (Related, "Voir aussi : notre carte"),
        (Related, "Read more: truce holds in the north"),
        (Related, "Related news: truce holds"),
        (Related, "Tags: Yemen, Aden, truce"),
        (Author, "Par Ana Roe"),
        (Author, "Par Ana Roe et Luc Bah, à Aden"),
        (Author, "By Ana Roe"),
        (Author, "By ANA ROE in Aden"),
        (Author, "De notre envoyé spécial à Aden"),
        (Author, "Rédactrice web depuis 2015, elle suit le Golfe."),
        (Author, "Passionnée de cartes, j'écris sur le Golfe."),
        (Author, "Journaliste à L'Estafette"),
        (Author, "Ana Roe is a reporter at The Dispatch, based in Aden."),
        (Author, "Luc Bah est correspondant pour L'Estafette."),
        (Author, "About the author: Luc Bah lives in Aden."),
    ];
    let wrong: Vec<_> = cases
        .iter()
        .map(|(kind, line)| (kind, line, kinds(line)))
        .filter(|(kind, _, found)| found.iter().any(|(is, _)| is != *kind))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn calls_that_lost_their_blank_are_split_off() {
    use BlockKind::{Author, Credit, Paragraph, Related, Subscribe};
    let cases: [(&str, &[(BlockKind, &str)]); 6] = [
        (
            "Subscribe here to read it all!In May, the port was hit.",
            &[(Subscribe, "Subscribe here to read it all!"), (Paragraph, "In May, the port was hit.")],
        ),
        (
            "Related News :According to the port, thirty ships left on Monday.",
            &[(Related, "Related News :"), (Paragraph, "According to the port, thirty ships left on Monday.")],
        ),
        (
            "NewsletterLe port a été touché deux fois.",
            &[(Subscribe, "Newsletter"), (Paragraph, "Le port a été touché deux fois.")],
        ),
        ("ActualitésLe port a été touché deux fois.", &[(Paragraph, "ActualitésLe port a été touché deux fois.")]),
        (
            "Le port a été touché deux fois. Suivez-nous sur Telegram.",
            &[(Paragraph, "Le port a été touché deux fois."), (Subscribe, "Suivez-nous sur Telegram.")],
        ),
        ("Journaliste à L'Estafette. Avec AFP.", &[(Author, "Journaliste à L'Estafette."), (Credit, "Avec AFP.")]),
    ];
    for (line, expected) in cases {
        let found = kinds(line);
        let found: Vec<(BlockKind, &str)> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        assert_eq!(found, expected, "{line}");
    }
}
