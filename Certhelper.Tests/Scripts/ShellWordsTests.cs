using System.Diagnostics;
using System.Text;
using Certhelper.Core.Scripts;

namespace Certhelper.Tests.Scripts;

/// <summary>Words as a real shell reads them.</summary>
public sealed class ShellWordsTests
{
    public static TheoryData<string> Hostile { get; } =
    [
        "plain", "", " ", "two words", "it's", "''", "'", "\"", "\\", "a\\'b", "$(touch /tmp/owned)", "`id`", "$HOME", "${IFS}", "; rm -rf /", "&& true", "| cat", "> /dev/null", "< /etc/passwd",
        "line\nbreak", "tab\there", "carriage\rreturn", "-rf", "--", "*", "?", "[a-z]", "~", "~root", "!history", "#comment", "%s", "\u0007\u001b[31m", "é µ ∞ 漢字 🙂", "a'$(id)'b\"`id`\"", "'; id; '",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_word_arrives_as_it_is(string word)
    {
        Assert.Equal(Encoding.UTF8.GetBytes(word), await PrintedAsync(word));
    }

    [Fact]
    public async Task A_word_of_100_kB_arrives_as_it_is()
    {
        var word = string.Concat(Enumerable.Repeat("'$(id)` \"\n", 10_000));

        Assert.Equal(Encoding.UTF8.GetBytes(word), await PrintedAsync(word));
    }

    [Fact]
    public void NUL_is_refused() => Assert.Throws<ArgumentException>(() => ShellWords.Quote("a\0b"));

    [Fact]
    public void A_line_for_eyes_quotes_what_must_be_quoted() =>
        Assert.Equal("bash maps.sh ZeroBias 380115 'two words' '' 'it'\\''s'", ShellWords.Join(["bash", "maps.sh", "ZeroBias", "380115", "two words", "", "it's"]));

    [Theory]
    [InlineData("bash maps.sh", new[] { "bash", "maps.sh" })]
    [InlineData("  bash   'two words'  ", new[] { "bash", "two words" })]
    [InlineData("python3 -c \"print(1); $(id)\"", new[] { "python3", "-c", "print(1); $(id)" })]
    [InlineData("a''b", new[] { "ab" })]
    [InlineData("''", new[] { "" })]
    [InlineData("cd /x && id", new[] { "cd", "/x", "&&", "id" })]
    public void What_an_administrator_types_becomes_words_and_nothing_else(string typed, string[] words)
    {
        Assert.Equal(words, ShellWords.Split(typed, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("bash maps.sh & id")]
    [InlineData("bash maps.sh; id")]
    [InlineData("bash maps.sh | id > /tmp/owned")]
    [InlineData("bash $(id) `id` $HOME ~ * || id")]
    public async Task D15_no_sign_of_a_command_needs_a_black_list_because_no_shell_reads_it(string typed)
    {
        var words = ShellWords.Split(typed, out _);

        // As it is sent: the words of the first program, those that look like operators included.
        Assert.Equal(typed, Encoding.UTF8.GetString(await RunAsync($"main() {{ printf '%s' \"$*\"; }}\nmain {string.Join(' ', words.Select(ShellWords.Quote))}\n")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("bash 'open")]
    public void A_command_that_cannot_be_read_says_why(string typed)
    {
        ShellWords.Split(typed, out var problem);

        Assert.NotNull(problem);
    }

    [Theory]
    [InlineData("/tmp/CMS*", "/tmp/CMS_2 b")]
    [InlineData("/tmp/$(id)", null)]
    public void A_folder_keeps_its_patterns_and_quotes_the_rest(string folder, string? matches)
    {
        var quoted = ShellWords.QuoteFolder(folder);

        Assert.Equal(matches is null ? "'/tmp/$(id)'" : "'/tmp/CMS'*", quoted);
    }

    [Fact]
    public void The_home_of_a_folder_stays_the_home()
    {
        Assert.Equal("\"$HOME\"'/a b'", ShellWords.QuoteFolder("~/a b"));
        Assert.Equal("'/a/~'", ShellWords.QuoteFolder("/a/~"));
    }

    private static Task<byte[]> PrintedAsync(string word) => RunAsync($"main() {{ printf '%s' \"$1\"; }}\nmain {ShellWords.Quote(word)}\n");

    private static async Task<byte[]> RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var output = new MemoryStream();
        var copying = shell.StandardOutput.BaseStream.CopyToAsync(output);
        await shell.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(script));
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        await copying;
        return output.ToArray();
    }
}
