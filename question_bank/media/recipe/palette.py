"""The colours of all scenes: calm, flat, and saffron for nobody but our own car."""

SKY, HAZE, SNOW = "#cfe3ec", "#e4eef1", "#f3f7f8"
PEAK, RIDGE, HILL, GRASS, MEADOW, EARTH, ROCK, ROCK_DARK = (
    "#8fa9b3",
    "#7c9a94",
    "#93ad7f",
    "#adc38d",
    "#9bb57c",
    "#b9a683",
    "#9a9187",
    "#7d756d",
)
ROAD, ROAD_EDGE, WHITE, YELLOW, KERB = "#6b747a", "#838c91", "#f7f7f2", "#e9bd3f", "#c9c6ba"
OURS, BLUE, RED, SILVER, GREEN, SCHOOL = "#e8861a", "#2f6f9f", "#b5473f", "#eef1f2", "#3e7f5c", "#f3c531"
INK, NAVY, TYRE, GLASS, STEEL, BONE, PALE, PLATE = (
    "#1f2a31",
    "#26364d",
    "#2a2f33",
    "#37505e",
    "#b9c1c6",
    "#f4f1e8",
    "#dfe6e8",
    "#2f62a3",
)
LAMP, AMBER, MADDER, VEST = "#fff3c4", "#f2a51f", "#b3261e", "#cfe03a"
SKIN, HAIR, WOOL, YAK = "#d9a47c", "#2e2622", "#f5f0e2", "#3a302a"
GO, STOP, WAIT, OFF = "#35b36b", "#e0362c", "#f6b81f", "#39444a"
WATER, FOG = "#7fa9bb", "#dfe5e6"
