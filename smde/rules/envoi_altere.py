"""Envoi altéré.

Un fichier du registre n'est plus celui qui a été remis, ou n'y est plus. Le registre garde les fichiers tels que le
partenaire les détient : c'est ce qui permet, plus tard, de lui montrer ce qui a changé. Rien ne s'y réécrit ; un
document corrigé se remet une seconde fois.

Refusé

```yaml
data/envois/envoi-2024-06-21-region/envoi.yml: |
  id: envoi-2024-06-21-region
  titre: Remis à la Région le 21 juin 2024
  diffusion: interne
  acteur: region
  date: 2024-06-21
  edition: partenaires
  version: 2024-06-20
  documents: [dossier-region]
  fichiers:
    - nom: dossier-region.docx
      empreinte: aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23
      octets: 18
    - nom: strategie.json
      empreinte: aa1d8906c8fb37350aec5936b347af3e589295dfc886d9fcf13a391bf4283d23
      octets: 18
data/envois/envoi-2024-06-21-region/dossier-region.docx: |
  Un texte repris.
data/envois/envoi-2024-06-21-region/strategie.json: |
  Un texte repris.
```

Accepté

```yaml
data/envois/envoi-2024-06-21-region/envoi.yml: |
  id: envoi-2024-06-21-region
  titre: Remis à la Région le 21 juin 2024
  diffusion: interne
  acteur: region
  date: 2024-06-21
  edition: partenaires
  version: 2024-06-20
  documents: [dossier-region]
  fichiers:
    - nom: dossier-region.docx
      empreinte: e55110de5977187bd27454ac19b744dd1b39d8b4e01fbd2826e2caec5a2f0524
      octets: 17
    - nom: strategie.json
      empreinte: e55110de5977187bd27454ac19b744dd1b39d8b4e01fbd2826e2caec5a2f0524
      octets: 17
data/envois/envoi-2024-06-21-region/dossier-region.docx: |
  Un texte repris.
data/envois/envoi-2024-06-21-region/strategie.json: |
  Un texte repris.
```
"""

from collections.abc import Iterator

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import jour
from smde.fichiers import sealed
from smde.model.envois import CONTENU, Envoi
from smde.rules import Faute

SEVERITE: Severite = "erreur"
_AIDE = (
    "Remettez le fichier d'origine (`git checkout` le retrouve). Ce qui a été remis ne se corrige pas : une nouvelle "
    "version se remet avec `smde envoyer`."
)


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every file of the register that is no longer the one that was handed over."""
    for envoi in dossier.tous(Envoi):
        beside = dossier.origines[envoi.id].source.path
        if envoi.contenu is None:
            message = f"La remise du {jour(envoi.date)} n'a pas ses données (`{CONTENU}`) parmi ses `fichiers`."
            yield Faute(envoi.id, ("fichiers",), message, _AIDE)
        for rank, fichier in enumerate(envoi.fichiers):
            wrong = sealed(dossier.racine, beside, fichier.nom, fichier.empreinte).message
            if wrong:
                message = f"Le fichier `{fichier.nom}`, remis le {jour(envoi.date)}, {wrong}."
                yield Faute(envoi.id, ("fichiers", rank), message, _AIDE)
