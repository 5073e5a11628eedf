"""A copy of a model with the styles it lacked, attached to no other model; every other part is as it was."""

from smde.modele_word import ModeleWord
from smde.outputs.word.dress import Dress
from smde.outputs.word.paquet import Paquet, write_zip
from smde.outputs.word.xml import CONTENT_TYPES, q, serialize

_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def completed_copy(modele: ModeleWord, accent: str) -> bytes:
    """The copy, as a Word document even when the model was a `.dotx`."""
    paquet = Paquet(dict(modele.parts))
    paquet.put(modele.partie("styles"), Dress(modele, accent).styles.tree)
    settings = modele.partie("settings")
    if modele.rattache and settings:
        tree = modele.arbre(settings)
        for link in tree.findall(q("attachedTemplate")):
            tree.remove(link)
        paquet.put(settings, tree)
        folder, _, name = settings.rpartition("/")
        listing = f"{folder}/_rels/{name}.rels"
        relations = modele.arbre(listing)
        for relation in list(relations):
            if relation.get("Type", "").endswith("/attachedTemplate"):
                relations.remove(relation)
        paquet.put(listing, relations)
    types = modele.arbre("[Content_Types].xml")
    for override in types.iter(f"{{{CONTENT_TYPES}}}Override"):
        if override.get("PartName") == f"/{modele.principale}":
            override.set("ContentType", _DOCUMENT)
    paquet.parts["[Content_Types].xml"] = serialize(types)
    return write_zip(paquet)
