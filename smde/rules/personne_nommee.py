"""Personne nommée.

Un champ que d'autres liront nomme une personne. La stratégie cite des fonctions et des organismes : les noms
changent, et publier celui d'un agent ou d'une personne interrogée demande son accord. `elu_referent`, `contact` et
`qualite` n'en contiennent jamais, même en interne. Une adresse de la forme prenom.nom@… est un nom.

Refusé

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    elu_referent: Mme Martin, vice-présidente
```

Accepté

```yaml
schema/priorites.yml: |
  - id: densifier-les-zones
    titre: Densifier les zones d'activité existantes
    diffusion: public
    objectifs: [reemployer]
    elu_referent: Vice-présidente chargée de l'économie
```
"""

import re
from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.model.champ import INTERNE
from smde.rules import Faute

SEVERITE: Severite = "erreur"
_CIVILITE = re.compile(
    r"M(?<![\w.]M)(?:\.|M\.|me|mes|lle|lles|r|onsieur|adame|ademoiselle|essieurs|esdames)"
    r"[\s\u00a0\u202f]+(?:(?:de|du|des)\s+|d['’])?[A-ZÀ-ÖØ-Þ]['’]?[\w-]+"
)
_ADRESSE = re.compile(r"\b[a-zà-ÿ]+[.][a-zà-ÿ-]+@[\w.-]+\w")
_PAR_FONCTION = frozenset({"elu_referent", "contact", "qualite"})


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every passage others may read that holds a civility and a name, or the address of a person."""
    civilite = _CIVILITE.search
    for element, chemin, champ, diffusion, texte in dossier.passages:
        if diffusion is INTERNE and champ.nom not in _PAR_FONCTION:
            continue
        found = civilite(texte)
        if found is None and "@" in texte:
            found = _ADRESSE.search(texte)
        if found is not None:
            yield Faute(
                element.id,
                chemin,
                f"Le champ `{champ.nom}` de « {element.titre} » nomme une personne : « {found[0]} ».",
                "Écrivez sa fonction ou son organisme.",
            )
