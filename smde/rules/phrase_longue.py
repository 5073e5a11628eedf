"""Phrase longue.

Au-delà de cinquante mots, une phrase se relit deux fois. Un élu, un partenaire ou un habitant ne la relira pas. Les
points d'une liste comptent chacun pour une phrase ; les textes internes ne sont pas regardés.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    texte: >-
      Le territoire, qui forme chaque année plus de jeunes qu'il n'en retient et qui voit vieillir une partie de ses
      communes littorales, doit à la fois attirer des actifs, loger des familles, accompagner les entreprises qui
      recrutent et convaincre les étudiants de rester, alors même que les territoires voisins cherchent les mêmes
      personnes.
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
    texte: >-
      Le territoire forme chaque année plus de jeunes qu'il n'en retient, et certaines communes vieillissent. Il doit
      attirer des actifs, loger des familles et convaincre les étudiants de rester. Les territoires voisins cherchent
      les mêmes personnes.
```
"""

import re
from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.champ import INTERNE
from smde.rules import Faute

SEVERITE: Severite = "alerte"
MOTS = 50
_FIN = re.compile(r"[.!?…]['\"»”)]*\s+|\n\s*(?:\n|[-*+]\s|\d+[.)]\s)")


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every sentence of more than fifty words in what others may read."""
    for element, chemin, _, diffusion, texte in dossier.passages:
        if len(texte) < 2 * MOTS or diffusion is INTERNE:
            continue
        for phrase in _phrases(texte):
            mots = _compte(phrase)
            if mots > MOTS:
                debut = " ".join(phrase.split()[:6])
                yield Faute(
                    element.id,
                    chemin,
                    f"Une phrase de « {element.titre} » compte {mots} mots : « {debut}… ».",
                    f"Coupez-la : {MOTS} mots au plus.",
                )


def _phrases(texte: str) -> list[str]:
    """Sentences and list items; none when a quick look shows that all are short."""
    for morceau in texte.replace("\n", " ").split(". "):
        if len(morceau) > 2 * MOTS and morceau.count(" ") >= MOTS:
            return _FIN.split(texte)
    return []


def _compte(phrase: str) -> int:
    """Words, lone punctuation aside; what a no-break space holds together is one."""
    return sum(any(signe.isalnum() for signe in mot) for mot in phrase.replace("\n", " ").split(" "))
