using System.Text;
using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Scripts;

public sealed class LineCutterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public void Lines_do_not_depend_on_where_portions_end(int portion)
    {
        var text = "first\n\nthird with µ and 漢字 🙂\nno end";

        var (lines, cutter) = Cut(Encoding.UTF8.GetBytes(text), portion);

        Assert.Equal(["first", "", "third with µ and 漢字 🙂", "no end"], lines.Select(line => line.Text));
        Assert.Equal([true, true, true, false], lines.Select(line => line.Ends));
        Assert.Equal(Encoding.UTF8.GetByteCount(text), cutter.Consumed);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1_048_576)]
    public void A_line_of_a_megabyte_is_cut_between_characters_and_can_be_put_together(int portion)
    {
        var text = string.Concat(Enumerable.Repeat("x漢🙂µ", 110_000));

        var (lines, _) = Cut(Encoding.UTF8.GetBytes(text + "\nafter\n"), portion);

        Assert.Equal(text, string.Concat(lines.SkipLast(1).Select(line => line.Text)));
        Assert.True(lines[^2].Ends);
        Assert.All(lines.SkipLast(2), line => Assert.False(line.Ends));
        Assert.All(lines, line => Assert.True(Encoding.UTF8.GetByteCount(line.Text) <= LineCutter.Longest));
        Assert.Equal("after", lines[^1].Text);
    }

    [Fact]
    public void A_line_of_exactly_the_longest_is_one_line()
    {
        var (lines, _) = Cut(Encoding.UTF8.GetBytes(new string('x', LineCutter.Longest) + "\n"), 4096);

        Assert.Equal(LineCutter.Longest, Assert.Single(lines).Text.Length);
    }

    [Fact]
    public void Invalid_bytes_and_NUL_become_signs_that_can_be_kept()
    {
        var (lines, _) = Cut([.. "caf"u8, 0xE9, (byte)' ', 0, .. " end\n"u8], 3);

        Assert.Equal("caf\uFFFD \u2400 end", Assert.Single(lines).Text);
    }

    [Fact]
    public void Bytes_that_look_like_the_middle_of_characters_only_do_not_stop_it()
    {
        var (lines, cutter) = Cut([.. Enumerable.Repeat((byte)0x80, 100_000)], 10_000);

        Assert.Equal(100_000, cutter.Consumed);
        Assert.Equal(100_000, lines.Sum(line => line.Text.Length));
    }

    [Fact]
    public void Going_on_from_what_was_consumed_gives_the_rest_and_nothing_twice()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 1000).Select(i => $"line {i}\n")) + "rest");
        var first = new LineCutter();
        var lines = first.Feed(bytes.AsSpan(0, 5003)).ToList();

        var second = new LineCutter();
        lines.AddRange(second.Feed(bytes.AsSpan((int)first.Consumed)));
        lines.AddRange(second.Finish());

        Assert.Equal([.. Enumerable.Range(1, 1000).Select(i => $"line {i}"), "rest"], lines.Select(line => line.Text));
    }

    private static (List<CutLine> Lines, LineCutter Cutter) Cut(byte[] bytes, int portion)
    {
        var cutter = new LineCutter();
        List<CutLine> lines = [];
        foreach (var part in bytes.Chunk(portion)) lines.AddRange(cutter.Feed(part));
        lines.AddRange(cutter.Finish());
        return (lines, cutter);
    }
}
