"""`.nemo` archives: uncompressed tar files of configuration, weights and tokenizer."""

import io
import tarfile
from pathlib import Path

Members = dict[str, bytes]
"""Contents by name, without a leading `./`, in the order of the archive."""

CONFIGURATION = "model_config.yaml"
WEIGHTS = "model_weights.ckpt"


def read_archive(path: Path) -> Members:
    """Read every file of an archive."""
    members: Members = {}
    with tarfile.open(path) as archive:
        for entry in archive:
            content = archive.extractfile(entry)
            if content is not None:
                members[entry.name.removeprefix("./")] = content.read()
    return members


def write_archive(path: Path, members: Members) -> None:
    """Write an archive as NeMo's `save_to` does, but without dates and owners: equal in, equal out."""
    with tarfile.open(path, "w") as archive:
        folder = tarfile.TarInfo("./")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o700
        archive.addfile(folder)
        for name, content in members.items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
