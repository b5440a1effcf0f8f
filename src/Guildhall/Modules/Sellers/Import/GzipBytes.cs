using System.Buffers.Binary;
using System.IO.Compression;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// The unpacked bytes of a gzip file, which neither ends early without saying so nor unpacks without a limit. GZipStream takes a file that was
/// cut short for a whole one, so the length that the file's last four bytes state (RFC 1952, ISIZE) is compared; a file of several packed parts
/// states only the last part's and is refused as well.
/// </summary>
sealed class GzipBytes : Stream
{
    // Figures pack 5 to 30 times; deflate can reach 1,032 times, which only a bomb needs. Small files are harmless at any ratio.
    const int LargestRatio = 200;
    const long AlwaysAllowed = 64L << 20;

    readonly GZipStream unpacking;
    readonly long limit;
    readonly uint statedLength;
    long unpacked;

    public GzipBytes(Stream packed, long packedLength)
    {
        limit = Math.Min(ImportFile.LargestBytes, AlwaysAllowed + LargestRatio * packedLength);
        Span<byte> end = stackalloc byte[4];
        packed.Seek(Math.Max(0, packedLength - end.Length), SeekOrigin.Begin);
        if (packed.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) == end.Length) statedLength = BinaryPrimitives.ReadUInt32LittleEndian(end);
        packed.Seek(0, SeekOrigin.Begin);
        unpacking = new(packed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => unpacked; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = unpacking.Read(buffer);
            unpacked += read;
            if (read == 0 && buffer.Length > 0 && (uint)unpacked != statedLength) throw new UnreadableFileException(ImportRefusals.GzipBroken);
            if (unpacked > limit) throw new UnreadableFileException(ImportRefusals.GzipBomb);
            return read;
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFileException(ImportRefusals.GzipBroken);
        }
    }

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacking.Dispose();
        base.Dispose(disposing);
    }
}
