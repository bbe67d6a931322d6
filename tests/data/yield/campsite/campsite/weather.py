"""Weather warnings for the board at the gate and the loudspeaker."""

from dataclasses import dataclass

STORM = 75  # km/h
HEAT = 32  # °C
LEVELS = ["green", "yellow", "red"]


@dataclass
class Forecast:
    low: float
    high: float
    gusts: float = 0.0
    rain: float = 0.0
    thunder: bool = False


def to_kmh(speed: float, unit: str = "m/s") -> float:
    """Return a speed in km/h."""
    factors = {"km/h": 1.0, "m/s": 3.6}
    if unit not in factors:
        raise ValueError(f"unknown unit: {unit}")
    return round(speed * factors[unit], 1)


def warnings(forecast: Forecast) -> list[str]:
    """Return what the guests are to be warned of."""
    found = []
    if forecast.low < 0:
        found.append("frost")
    if forecast.high >= HEAT:
        found.append("heat")
    if forecast.gusts >= STORM:
        found.append("storm")
    if forecast.rain > 30:
        found.append("heavy rain")
    if forecast.thunder:
        found.append("thunder")
    return found


def level(forecast: Forecast) -> str:
    """Return the colour of the flag."""
    found = warnings(forecast)
    if "storm" in found or "thunder" in found:
        return "red"
    if found:
        return "yellow"
    return "green"


def headline(found):
    """Return the first line of the board: 'Warning: frost, storm'."""
    if not found:
        return ""
    return "Warning: " + ", ".join(found)


def worst(levels):
    """Return the worst of some levels, green if there are none."""
    return max(levels, key=LEVELS.index, default="green")


def advice(forecast):
    """Return what the loudspeaker says, a sentence for each warning."""
    sentences = {
        "frost": "Please drain your water hoses.",
        "heat": "Please drink enough.",
        "storm": "Please take down your awnings.",
        "heavy rain": "Please check your pegs.",
        "thunder": "Please leave the lake.",
    }
    return " ".join(sentences[name] for name in warnings(forecast))
