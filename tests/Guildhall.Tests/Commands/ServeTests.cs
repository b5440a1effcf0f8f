using Guildhall.Tests.Platform;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Commands;

/// <summary>What the product says when it starts.</summary>
public sealed class ServeTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Prints_the_first_run_link_with_the_address_that_people_open()
    {
        using var serving = await ServingProcess.StartAsync([("GUILDHALL_DATABASE", database.ConnectionString), ("GUILDHALL_ADDRESS", "https://mentors.example/")]);

        (await serving.NextLineAsync()).ShouldStartWith("Set it up within 30 minutes: https://mentors.example/first-run/");
    }
}
