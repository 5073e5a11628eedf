"""Sigle non défini.

Un sigle que personne n'explique arrête le lecteur. Chacun a une entrée dans le glossaire, ou est le `sigle` d'un
acteur ou d'un cadre ; il est signalé une seule fois, à sa première apparition. Les textes internes, les sources, les
chiffres romains et les unités ne sont pas regardés.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    texte: Les PLH des intercommunalités prévoient moins de logements que d'arrivées.
```

Accepté

```yaml
data/glossaire.yml: |
  - id: terme-plh
    titre: Programme local de l'habitat
    sigle: PLH
    texte: Document qui fixe pour six ans la politique du logement d'une intercommunalité.
    diffusion: public
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    texte: Les PLH des intercommunalités prévoient moins de logements que d'arrivées.
```
"""

import re
from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import CITATION, Dossier, Passage
from smde.ecriture import accord
from smde.model.acteurs import Acteur, Groupe, Organisation
from smde.model.cadres import Cadre
from smde.model.champ import INTERNE
from smde.model.mesures import Source, Terme, Territoire
from smde.rules import Faute

SEVERITE: Severite = "alerte"
_CAPITALES = bytes(65 if 65 <= byte <= 90 else 32 for byte in range(256))
"""Every capital letter becomes an A: two in a row are then found ten times faster than by a regular expression."""
_SIGLE = re.compile(r"\b[A-Z]{2,8}\b")
_MOT = re.compile(r"[\w/@.-]+")
_ROMAIN = re.compile(r"[IVX]+")
_CONNUS = frozenset({"HT", "TTC", "MW", "GW", "KW", "TW", "KM", "HA", "MO", "GO", "TO"})
_SANS_PHRASE = frozenset(
    {"sigle", "synonymes", "code", "numero", "licence", "insee", "unite", "page", "orientation", "url"}
)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every acronym that nothing defines, at its first occurrence in what others may read."""
    connus = _definis(dossier)
    premiers: dict[str, Passage] = {}
    comptes: dict[str, int] = {}
    for passage in dossier.passages:
        element, _, champ, diffusion, texte = passage
        if diffusion is INTERNE or b"AA" not in texte.encode().translate(_CAPITALES):
            continue
        if champ.nom in _SANS_PHRASE or isinstance(element, Source):
            continue
        for sigle in _sigles(texte, dossier):
            if sigle not in connus:
                premiers.setdefault(sigle, passage)
                comptes[sigle] = comptes.get(sigle, 0) + 1
    for sigle, passage in premiers.items():
        emploi = "emploie" if comptes[sigle] == 1 else "emploient"
        yield Faute(
            passage.element.id,
            passage.chemin,
            f"Le sigle « {sigle} » n'est défini nulle part ; {accord(comptes[sigle], 'passage')} l'{emploi}.",
            f"Ajoutez-le au glossaire (`sigle: {sigle}`), ou écrivez les mots en entier.",
        )


def _definis(dossier: Dossier) -> set[str]:
    """Acronyms of the glossary, of actors and frameworks, and those that are part of a name the dossier lists."""
    mots = set(_CONNUS)
    for terme in dossier.tous(Terme):
        mots.update((terme.sigle or "", *terme.synonymes, *_SIGLE.findall(terme.titre)))
    mots.update(acteur.sigle or "" for acteur in dossier.tous(Acteur))
    mots.update(cadre.sigle or "" for cadre in dossier.tous(Cadre))
    for classe in (Acteur, Cadre, Organisation, Groupe, Territoire):
        for element in dossier.tous(classe):
            mots.update(_SIGLE.findall(element.titre))
    return mots


def _sigles(texte: str, dossier: Dossier) -> set[str]:
    """Acronyms of a text; ids of elements, addresses and Roman numerals are none."""
    if "[" in texte:
        texte = CITATION.sub(lambda found: "" if found[1] else "]", texte)
    sigles = set()
    for mot in _MOT.findall(texte):
        mot = mot.rstrip(".-")
        if mot in dossier.genres or mot.startswith("//") or "@" in mot or "." in mot:
            continue
        for part in mot.replace("/", "-").split("-"):
            if _SIGLE.fullmatch(part) and not _ROMAIN.fullmatch(part):
                sigles.add(part)
    return sigles
