using Guildhall.Platform.Database;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

public class GivenDatabaseTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Is_used_as_it_is()
    {
        await using var opened = await OwnDataFolder.OpenAsync(data: "/nowhere", DatabaseUse.Serving, given: database.ConnectionString);

        await using var command = opened.Source.CreateCommand("SELECT current_database()");

        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(await database.ScalarAsync<string>("SELECT current_database()::text"));
    }

    [Fact]
    public async Task Serves_several_applications_at_once()
    {
        await using var first = await OwnDataFolder.OpenAsync(data: null, DatabaseUse.Serving, given: database.ConnectionString);

        await Should.NotThrowAsync(async () => await (await OwnDataFolder.OpenAsync(data: null, DatabaseUse.Serving, given: database.ConnectionString)).DisposeAsync());
    }

    [Theory]
    [InlineData("Host=/nowhere", "The database in GUILDHALL_DATABASE does not answer: ")]
    [InlineData("Host", "GUILDHALL_DATABASE can’t be read. Write it as ")]
    [InlineData("Colour=blue", "GUILDHALL_DATABASE can’t be read. Write it as ")]
    public async Task Is_refused_when_it_cannot_be_used(string given, string message)
    {
        var refusal = await Should.ThrowAsync<DatabaseUnavailableException>(() => OwnDataFolder.OpenAsync(data: null, given: given));

        refusal.Message.ShouldStartWith(message);
    }
}
