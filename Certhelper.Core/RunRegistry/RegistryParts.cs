using Certhelper.Core.Runs;

namespace Certhelper.Core.RunRegistry;

/// <summary>Cuts a selection of runs into questions that the Run Registry answers in reasonable time.</summary>
internal static class RegistryParts
{
    /// <summary>Run numbers in one question about a range; not every number is a run.</summary>
    private const int LongestRange = 200;

    /// <summary>One question.</summary>
    /// <param name="Runs">The numbers, ascending.</param>
    /// <param name="IsRange">Whether they follow each other without a gap.</param>
    public sealed record Part(int[] Runs, bool IsRange)
    {
        public int Count => Runs.Length;
    }

    /// <summary>Every number once, newest first; numbers that no run can have are left out.</summary>
    public static List<Part> Of(IEnumerable<(int From, int To)> ranges)
    {
        List<Part> parts = [];
        List<int> single = [];
        foreach (var (from, to) in Joined(ranges))
        {
            if (to - from < RegistryClient.RunsPerQuestion)
            {
                single.AddRange(Enumerable.Range(from, to - from + 1));
                continue;
            }

            for (var first = from; first <= to; first += LongestRange)
                parts.Add(new Part([.. Enumerable.Range(first, Math.Min(LongestRange, to - first + 1))], IsRange: true));
        }

        parts.AddRange(single.Chunk(RegistryClient.RunsPerQuestion).Select(chunk => new Part(chunk, IsRange: false)));
        return [.. parts.OrderByDescending(part => part.Runs[^1])];
    }

    private static List<(int From, int To)> Joined(IEnumerable<(int From, int To)> ranges)
    {
        List<(int From, int To)> joined = [];
        foreach (var (first, last) in ranges.OrderBy(range => range.From))
        {
            var (from, to) = (Math.Max(first, 1), Math.Min(last, RunNumbers.Largest));
            if (from > to) continue;
            if (joined.Count > 0 && from <= joined[^1].To + 1) joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, to));
            else joined.Add((from, to));
        }

        return joined;
    }
}
