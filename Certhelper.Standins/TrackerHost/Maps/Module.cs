namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>Subdetectors with the numbers that they have in detector ids.</summary>
internal enum Subdetector
{
    Bpix = 1,
    Fpix = 2,
    Tib = 3,
    Tid = 4,
    Tob = 5,
    Tec = 6,
}

/// <summary>A module of the tracker, or one of a pixel module's read-out chips.</summary>
/// <param name="Layer">Layer of a barrel, disk of an end cap, from 1.</param>
/// <param name="Side">-1 or 1: the end where z is negative or positive.</param>
/// <param name="Ring">Ring of a disk from 1; 0 in a barrel.</param>
/// <param name="Phi">Which of the <paramref name="PhiCount"/> around the beam.</param>
/// <param name="Z">Which along the beam; which of two panels in FPIX.</param>
/// <param name="Stereo">Whether it is the tilted one of two back to back.</param>
/// <param name="Chip">Number of the read-out chip; -1 for the whole module.</param>
internal readonly record struct Module(Subdetector Subdetector, int Layer, int Side, int Ring, int Phi, int PhiCount, int Z, bool Stereo, int Chip = -1)
{
    public double Angle => 2 * Math.PI * (Phi + 0.5) / PhiCount;

    /// <summary>The same for a module and for all its chips.</summary>
    public ulong Key => Id;

    public ulong ChipKey => Id | (ulong)(Chip + 1) << 32;

    /// <summary>The 32-bit number that CMS software gives to the module.</summary>
    public uint Id
    {
        get
        {
            var start = 1u << 28 | (uint)Subdetector << 25;
            var side = Side < 0 ? 1u : 2u;
            // 2 is the stereo module, 1 its partner, 0 a module that is alone.
            var kind = Stereo ? 1u : HasPartner ? 2u : 0u;
            var layer = (uint)Layer;
            var phi = (uint)Phi;
            var z = (uint)Z;
            return start | Subdetector switch
            {
                Subdetector.Bpix => layer << 20 | (phi + 1) << 12 | (z + 1) << 2,
                Subdetector.Fpix => side << 23 | layer << 18 | (phi + 1 + (Ring == 2 ? 22u : 0u)) << 12 | (z + 1) << 10 | 1 << 2,
                Subdetector.Tib => layer << 14 | side << 12 | (z / 3 % 2 + 1) << 10 | (phi + 1) << 4 | (z % 3 + 1) << 2 | kind,
                Subdetector.Tid => side << 13 | layer << 11 | (uint)Ring << 9 | (phi % 2 + 1) << 7 | (phi / 2 + 1) << 2 | kind,
                Subdetector.Tob => layer << 14 | side << 12 | (phi + 1) << 5 | (z % 6 + 1) << 2 | kind,
                Subdetector.Tec => side << 18 | layer << 14 | (phi % 2 + 1) << 12 | (phi * 8 / (uint)PhiCount + 1) << 8 | (uint)Ring << 5 | (phi / 2 % ((uint)PhiCount / 8) + 1) << 2 | kind,
            };
        }
    }

    public string Name => Subdetector switch
    {
        Subdetector.Bpix => FormattableString.Invariant($"BPix_{(Z < 4 ? 'm' : 'p')}_LYR{Layer}_LDR{Phi + 1}_MOD{(Z < 4 ? 4 - Z : Z - 3)}"),
        Subdetector.Fpix => FormattableString.Invariant($"FPix_{(Side < 0 ? 'm' : 'p')}_D{Layer}_BLD{Phi + 1}_PNL{Z + 1}_RNG{Ring}"),
        Subdetector.Tib or Subdetector.Tob => FormattableString.Invariant($"{Acronym}{Sign}_L{Layer}_{Phi + 1}.{Z + 1}{(Stereo ? "s" : "")}"),
        Subdetector.Tid or Subdetector.Tec => FormattableString.Invariant($"{Acronym}{Sign}_D{Layer}_R{Ring}_{Phi + 1}{(Stereo ? "s" : "")}"),
    };

    public string Acronym => Subdetector.ToString().ToUpperInvariant();

    private char Sign => Side < 0 ? '-' : '+';

    private bool HasPartner => Subdetector switch
    {
        Subdetector.Tib or Subdetector.Tob => Layer <= 2,
        Subdetector.Tid => Ring <= 2,
        Subdetector.Tec => Ring is 1 or 2 or 5,
        _ => false,
    };
}
