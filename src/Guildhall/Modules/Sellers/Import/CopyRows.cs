using System.Buffers.Binary;
using System.Text;

namespace Guildhall.Modules.Sellers;

/// <summary>
/// Rows in PostgreSQL's binary COPY format (its manual, COPY, "Binary Format"), written into one reusable buffer: a row that turns out bad
/// half-way is taken back, which a stream to the server could not do.
/// </summary>
sealed class CopyRows
{
    static readonly int Epoch = new DateOnly(2000, 1, 1).DayNumber;
    const int TextType = 25;

    byte[] buffer = new byte[1 << 20];
    int length;

    public CopyRows() => Clear();

    public int Count { get; private set; }
    public int Bytes => length;

    public void Clear()
    {
        (length, Count) = (0, 0);
        ReadOnlySpan<byte> signature = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];
        signature.CopyTo(Room(signature.Length));
        BinaryPrimitives.WriteInt64BigEndian(Room(8), 0);
    }

    /// <summary>Everything written, with the end mark.</summary>
    public ReadOnlyMemory<byte> Finished()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        return buffer.AsMemory(0, length);
    }

    public void BeginRow(int columns)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), (short)columns);
        Count++;
    }

    /// <summary>Where the next row begins.</summary>
    public (int Bytes, int Rows) Place => (length, Count);

    /// <summary>Takes back every row written since <paramref name="place"/> was read.</summary>
    public void TakeBack((int Bytes, int Rows) place) => (length, Count) = place;

    public void Null() => WriteLength(-1);

    public void Int16(short value)
    {
        WriteLength(2);
        BinaryPrimitives.WriteInt16BigEndian(Room(2), value);
    }

    public void Int32(int value)
    {
        WriteLength(4);
        BinaryPrimitives.WriteInt32BigEndian(Room(4), value);
    }

    public void Int64(long value)
    {
        WriteLength(8);
        BinaryPrimitives.WriteInt64BigEndian(Room(8), value);
    }

    public void Double(double value)
    {
        WriteLength(8);
        BinaryPrimitives.WriteDoubleBigEndian(Room(8), value);
    }

    public void Boolean(bool value)
    {
        WriteLength(1);
        Room(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Day(DateOnly value) => Int32(value.DayNumber - Epoch);

    public void Uuid(Guid value)
    {
        WriteLength(16);
        value.TryWriteBytes(Room(16), bigEndian: true, out _);
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        WriteLength(utf8.Length);
        utf8.CopyTo(Room(utf8.Length));
    }

    public void Text(string value) => Text(Encoding.UTF8.GetBytes(value));

    public void Texts(IReadOnlyList<byte[]> values)
    {
        WriteLength(20 + values.Sum(value => 4 + value.Length));
        foreach (var part in (ReadOnlySpan<int>)[1, 0, TextType, values.Count, 1]) WriteLength(part);
        foreach (var value in values) Text(value);
    }

    void WriteLength(int value) => BinaryPrimitives.WriteInt32BigEndian(Room(4), value);

    Span<byte> Room(int size)
    {
        if (buffer.Length - length < size) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        var room = buffer.AsSpan(length, size);
        length += size;
        return room;
    }
}
