using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Certhelper.Standins.TrackerHost.Maps;

/// <summary>Writes pictures of at most 256 colours as PNG (RFC 2083).</summary>
internal static class PngWriter
{
    private static readonly uint[] Table = MakeTable();

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">Row by row, one index into the palette for each pixel.</param>
    /// <param name="palette">Three bytes for each colour.</param>
    public static void Write(Stream output, int width, int height, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> palette)
    {
        output.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        // 8 bits, indexed; the only methods of compression, filter and order.
        header[8] = 8;
        header[9] = 3;
        header[10..].Clear();
        Chunk(output, "IHDR", header);
        Chunk(output, "PLTE", palette);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row * width, width));
            }

        Chunk(output, "IDAT", data.GetBuffer().AsSpan(0, (int)data.Length));
        Chunk(output, "IEND", []);
    }

    private static void Chunk(Stream output, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        var name = Encoding.ASCII.GetBytes(type);
        output.Write(name);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Checksum(Checksum(uint.MaxValue, name), data));
        output.Write(number);
    }

    private static uint Checksum(uint state, ReadOnlySpan<byte> data)
    {
        foreach (var value in data) state = Table[(byte)(state ^ value)] ^ (state >> 8);
        return state;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320 ^ (entry >> 1);
            table[i] = entry;
        }

        return table;
    }
}
