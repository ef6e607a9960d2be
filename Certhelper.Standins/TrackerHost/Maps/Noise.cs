namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>Random numbers that are the same for the same words, on every machine.</summary>
internal static class Noise
{
    public static ulong Hash(params ReadOnlySpan<ulong> words)
    {
        var state = 0x9E3779B97F4A7C15UL;
        foreach (var word in words) state = Mix(state ^ Mix(word + 0x9E3779B97F4A7C15UL));
        return state;
    }

    public static ulong Hash(string text)
    {
        var state = 0xCBF29CE484222325UL;
        foreach (var character in text) state = (state ^ character) * 0x100000001B3UL;
        return Mix(state);
    }

    /// <summary>From 0 to 1, without 1.</summary>
    public static double Uniform(params ReadOnlySpan<ulong> words) => (Hash(words) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Bell-shaped around 0 with width 1, never beyond 3.5.</summary>
    public static double Normal(params ReadOnlySpan<ulong> words)
    {
        // The sum of twelve uniform numbers would do; four 16-bit ones of a single hash are as good for pictures.
        var bits = Hash(words);
        var sum = 0.0;
        for (var i = 0; i < 4; i++) sum += ((bits >> (16 * i)) & 0xFFFF) / 65536.0;
        return (sum - 2) * Math.Sqrt(3);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
