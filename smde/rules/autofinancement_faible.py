"""Autofinancement faible.

Une collectivité maître d'ouvrage d'un investissement en paie elle-même au moins 20 % de ce qu'apportent les personnes
publiques (CGCT, article L1111-10, III). La loi prévoit des exceptions et porte la part à 30 % pour certaines
compétences : l'alerte demande de vérifier, elle ne tranche pas. Les parts refusées ne comptent pas.

Refusé

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: maitre_ouvrage, statut: accepte, principal: true}
  budget:
    - {poste: Travaux, annee: 2026, montant: 500000, taxe: HT, section: investissement, etat: estime}
  plan_financement:
    - {financeur: metropole, annee: 2026, montant: 50000, taxe: HT, etat: acquis}
    - {financeur: region, annee: 2026, montant: 450000, taxe: HT, etat: sollicite}
```

Accepté

```yaml
schema/actions/halle.yml: |
  id: A-04
  titre: Réhabiliter la halle du port
  diffusion: public
  priorite: requalifier
  roles:
    - {acteur: metropole, role: maitre_ouvrage, statut: accepte, principal: true}
  budget:
    - {poste: Travaux, annee: 2026, montant: 500000, taxe: HT, section: investissement, etat: estime}
  plan_financement:
    - {financeur: metropole, annee: 2026, montant: 100000, taxe: HT, etat: acquis}
    - {financeur: region, annee: 2026, montant: 400000, taxe: HT, etat: sollicite}
```
"""

from collections.abc import Iterator
from decimal import Decimal

from smde.diagnostic import Severite
from smde.dossier import Dossier
from smde.ecriture import nombre
from smde.model.acteurs import Acteur, NomRole, TypeActeur
from smde.model.schema import Action, EtatFinancement, Section
from smde.rules import Faute
from smde.rules._lecture import illisible

SEVERITE: Severite = "alerte"
_PART = Decimal("0.20")
_COLLECTIVITES = frozenset(
    {TypeActeur.commune, TypeActeur.epci, TypeActeur.syndicat_mixte, TypeActeur.departement, TypeActeur.region}
)
_PUBLICS = _COLLECTIVITES | {
    TypeActeur.etat,
    TypeActeur.operateur_etat,
    TypeActeur.chambre_consulaire,
    TypeActeur.enseignement_recherche,
    TypeActeur.sante,
}
"""Kinds of actors counted as public persons."""


def check(dossier: Dossier) -> Iterator[Faute]:
    """Every investment whose maître d'ouvrage, a local authority, brings less than 20 % of the public money."""
    for action in dossier.vivants(Action):
        porteur = _maitre_ouvrage(action)
        acteur = dossier.elements.get(porteur or "")
        if not action.plan_financement or not isinstance(acteur, Acteur) or acteur.type not in _COLLECTIVITES:
            continue
        if any(
            illisible(dossier, ident, "type") for ident in (porteur, *(p.financeur for p in action.plan_financement))
        ):
            continue
        if action.budget and all(ligne.section is Section.fonctionnement for ligne in action.budget):
            continue
        public = propre = Decimal()
        for part in action.plan_financement:
            financeur = dossier.elements.get(part.financeur)
            if part.etat is EtatFinancement.refuse or not isinstance(financeur, Acteur):
                continue
            if financeur.type in _PUBLICS:
                public += part.montant
                propre += part.montant if part.financeur == porteur else 0
        if propre < public * _PART:
            pourcentage = nombre((100 * propre / public).quantize(Decimal("0.1")))
            yield Faute(
                action.id,
                ("plan_financement",),
                f"Dans « {action.titre} », « {acteur.titre} » apporte {pourcentage} % de l'argent public ; le minimum "
                "légal est de 20 % (CGCT L1111-10).",
                "Relevez sa part, ou notez l'exception qui s'applique.",
            )


def _maitre_ouvrage(action: Action) -> str | None:
    """The principal maître d'ouvrage, or the only one."""
    ouvrage = [role for role in action.roles if role.role is NomRole.maitre_ouvrage]
    principaux = [role for role in ouvrage if role.principal]
    seuls = principaux or ouvrage
    return seuls[0].acteur if len(seuls) == 1 else None
