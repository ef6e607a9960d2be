namespace Certhelper.Standins.Generate;

/// <summary>Numbers that look random and are the same at every run of the generator, whatever the order of its work.</summary>
internal static class Draw
{
    /// <summary>A number in [0, 1) that depends on the two keys only.</summary>
    public static double Unit(int key, int salt)
    {
        var x = ((ulong)(uint)key << 32) | (uint)salt;
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    public static double Between(int key, int salt, double low, double high) => low + ((high - low) * Unit(key, salt));

    public static int Int(int key, int salt, int low, int high) => (int)Between(key, salt, low, high + 1);

    public static T One<T>(int key, int salt, params IReadOnlyList<T> choices) => choices[Int(key, salt, 0, choices.Count - 1)];
}
