using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>One-line forms of the three things that set-wise SQL needs: do it, count what it did, and read one value or a list.</summary>
static class SqlCommands
{
    public static async Task<long> Execute(this NpgsqlConnection connection, string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    public static async Task<T> Value<T>(this NpgsqlConnection connection, string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return (T)(await command.ExecuteScalarAsync(stop))!;
    }

    public static async Task<List<T>> Values<T>(this NpgsqlConnection connection, string sql, CancellationToken stop, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var list = new List<T>();
        while (await reader.ReadAsync(stop)) list.Add(await reader.GetFieldValueAsync<T>(0, stop));
        return list;
    }

    static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        return command;
    }
}
