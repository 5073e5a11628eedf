"""Citation plus restreinte.

Un texte ou un champ que tous peuvent lire cite un élément réservé à moins de lecteurs. Le public lirait une phrase à
trou, ou apprendrait l'existence de ce qu'il ne doit pas connaître. Un élément sans `diffusion` est interne.

Refusé

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: partenaires
    constats: [vacance-tertiaire]
strategy/objectifs.yml: |
  - id: accueillir
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [attirer]
```

Accepté

```yaml
strategy/enjeux.yml: |
  - id: attirer
    titre: Attirer de nouveaux habitants
    diffusion: public
    constats: [vacance-tertiaire]
strategy/objectifs.yml: |
  - id: accueillir
    titre: Aider les nouveaux arrivants à s'installer
    diffusion: public
    enjeux: [attirer]
```
"""

from collections.abc import Iterator
from typing import Any

from smde.diagnostic import Severite
from smde.dossier import Chemin, Dossier
from smde.model.champ import Diffusion, Partie
from smde.model.element import Element
from smde.model.plan import champs
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "erreur"


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every reference, in a field or in a text, from what more people may read to what fewer may."""
    restreints = {
        ident: element
        for ident, element in dossier.elements.items()
        if element.diffusion and not illisible(dossier, ident, "diffusion")
    }
    if not restreints:
        return
    for element, chemin, cible in dossier.liens:
        cite = restreints.get(cible)
        if cite is not None and element.diffusion < cite.diffusion:
            ici = _niveau(element, chemin)
            if ici < cite.diffusion:
                yield _faute(element, chemin, f"« {element.titre} » ({ici.name})", cite)
    for passage, cible in dossier.citations:
        cite = restreints.get(cible)
        if cite is not None and passage.diffusion < cite.diffusion:
            qui = f"Un texte de « {passage.element.titre} » ({passage.diffusion.name})"
            yield _faute(passage.element, passage.chemin, qui, cite)


def _faute(element: Element, chemin: Chemin, qui: str, cite: Element) -> Faute:
    reserve = "sans diffusion écrite, donc interne" if "diffusion" not in cite.model_fields_set else cite.diffusion.name
    return Faute(
        element.id,
        chemin,
        f"{qui} cite `{cite.id}` ({reserve}) : certains lecteurs ne peuvent pas le connaître.",
        f"Élargissez la `diffusion` de `{cite.id}`, ou retirez la citation.",
    )


def _niveau(element: Element, chemin: Chemin) -> Diffusion:
    """Who may read a field: the narrowest of the element, the fields and the parts on the way to it."""
    level, partie = element.niveau(), element
    value: Any = element
    for pas in chemin:
        if isinstance(pas, str):
            level = max(level, champs(type(partie))[pas].diffusion)
            value = getattr(partie, pas)
        else:
            value = value[pas]
        if isinstance(value, Partie):
            partie = value  # type: ignore[assignment]
            level = max(level, value.niveau())
    return level
