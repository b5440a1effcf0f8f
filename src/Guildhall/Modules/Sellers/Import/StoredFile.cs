using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>An uploaded file as a stream: its megabytes are fetched from the database one after another.</summary>
sealed class StoredFile(NpgsqlDataSource database, Guid importId, long length) : Stream
{
    byte[] chunk = [];
    int chunkNumber = -1;
    long position;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => length;
    public override long Position { get => position; set => position = value; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (position >= length) return 0;
        var wanted = (int)(position / ImportChunk.Size);
        if (wanted != chunkNumber) Fetch(wanted);
        var from = chunk.AsSpan((int)(position % ImportChunk.Size));
        var read = Math.Min(buffer.Length, from.Length);
        from[..read].CopyTo(buffer);
        position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush() => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    void Fetch(int number)
    {
        using var command = database.CreateCommand("SELECT bytes FROM sellers.import_chunk WHERE import_id = $1 AND number = $2");
        command.Parameters.Add(new() { Value = importId });
        command.Parameters.Add(new() { Value = number });
        chunk = command.ExecuteScalar() as byte[] ?? throw new UnreadableFileException(ImportRefusals.FileGone);
        chunkNumber = number;
    }
}
