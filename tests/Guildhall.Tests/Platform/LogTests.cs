using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Platform;

/// <summary>What the log says of a failure, to whoever was given its reference.</summary>
public sealed class LogTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Has_the_time_and_the_reference_of_a_failure_on_its_line_and_no_address()
    {
        using var serving = await ServingProcess.StartAsync([("GUILDHALL_DATABASE", database.ConnectionString)]);
        using var visitor = new Browser(serving.Address);
        await database.ExecuteAsync("DROP SCHEMA programs CASCADE");

        var broken = await visitor.Get("/?from=a-secret");

        broken.Status.ShouldBe(HttpStatusCode.InternalServerError);
        var reference = broken.Page.QuerySelector("main code")!.TextContent;
        var line = await serving.LineWithAsync("A request failed");
        line.ShouldContain($"reference {reference} ");
        line.ShouldNotContain("a-secret");
        line.ShouldMatch(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ fail: ");
    }
}
