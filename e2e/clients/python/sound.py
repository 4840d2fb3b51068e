"""Sound that the clients send and get."""

import wave


def read_sound(path: str) -> tuple[bytes, int]:
    """Samples of a WAVE file of 16 bits and one channel, and its rate in Hz."""
    with wave.open(path) as file:
        return file.readframes(file.getnframes()), file.getframerate()


def pieces(sound: bytes, length: int) -> list[bytes]:
    return [sound[at : at + length] for at in range(0, len(sound), length)]


def seconds(sound: bytes, rate: int) -> float:
    return len(sound) / 2 / rate


def spoken_words(text: str) -> list[str]:
    """Words to compare, without case and punctuation."""
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter == " ").split()
