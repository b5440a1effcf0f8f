using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Modules.Sellers;

/// <summary>Asks one question of <see cref="FigureSql"/> and hands its rows over one by one.</summary>
static class FigureReading
{
    public static async Task Read(this GuildhallDb db, string sql, Action<NpgsqlDataReader> row, CancellationToken stop, params NpgsqlParameter[] parameters)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)db.Database.GetDbConnection());
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop)) row(reader);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }
}
