using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Certhelper.Tests.Standins;

/// <summary>A picture of the stand-ins, read by the rules of the format and not by their code.</summary>
internal sealed record PngFile(int Width, int Height, byte[] Pixels)
{
    public int Colours => Pixels.Distinct().Count();

    public static async Task<PngFile> ReadAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], bytes[..8]);
        var (width, height) = (0, 0);
        using var data = new MemoryStream();
        var names = new List<string>();
        for (var at = 8; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            var name = Encoding.ASCII.GetString(bytes, at + 4, 4);
            var body = bytes.AsMemory(at + 8, length);
            Assert.Equal(Crc32(bytes.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at + 8 + length)));
            names.Add(name);
            if (name == "IHDR") (width, height) = (BinaryPrimitives.ReadInt32BigEndian(body.Span), BinaryPrimitives.ReadInt32BigEndian(body.Span[4..]));
            if (name == "IDAT") data.Write(body.Span);
            at += length + 12;
        }

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], names);
        data.Position = 0;
        await using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var rows = new MemoryStream();
        await zlib.CopyToAsync(rows, TestContext.Current.CancellationToken);
        var raw = rows.ToArray();
        Assert.Equal((width + 1) * height, raw.Length);
        var pixels = new byte[width * height];
        for (var row = 0; row < height; row++)
        {
            Assert.Equal(0, raw[row * (width + 1)]);
            Array.Copy(raw, (row * (width + 1)) + 1, pixels, row * width, width);
        }

        return new PngFile(width, height, pixels);
    }

    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        var state = uint.MaxValue;
        foreach (var value in data)
        {
            state ^= value;
            for (var bit = 0; bit < 8; bit++) state = (state & 1) == 0 ? state >> 1 : 0xEDB88320 ^ (state >> 1);
        }

        return ~state;
    }
}
