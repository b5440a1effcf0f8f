using System.Globalization;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Tests.Platform;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Commands;

/// <summary>What the product says when it starts.</summary>
public sealed class ServeTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Prints_the_first_run_link_with_the_address_that_people_open()
    {
        using var serving = await ServingProcess.StartAsync([("GUILDHALL_DATABASE", database.ConnectionString), ("GUILDHALL_ADDRESS", "https://mentors.example/")]);

        (await serving.LineWithAsync("Set it up")).ShouldStartWith("Set it up within 30 minutes: https://mentors.example/first-run/");
    }

    [Fact]
    public async Task Writes_pages_in_one_language_whatever_that_of_the_machine()
    {
        var startsOn = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(14);
        await using (var services = database.BuildServices())
        await using (var scope = services.CreateAsyncScope())
        {
            var form = new NewProgramForm("First 90 Days", "Next cohort", startsOn, startsOn.AddDays(-3));
            var program = (await scope.ServiceProvider.GetRequiredService<DraftProgram>().Run(form, Actor.Product, TestContext.Current.CancellationToken)).Value;
            (await scope.ServiceProvider.GetRequiredService<ChangeProgram>().Publish(program.Slug, program.RowVersion, onFrontPage: null, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }
        using var serving = await ServingProcess.StartAsync([("GUILDHALL_DATABASE", database.ConnectionString), ("LC_ALL", "de_DE.UTF-8")]);
        using var visitor = new Browser(serving.Address);

        (await visitor.Get("/")).Words.ShouldContain($"The last day of the 13 weeks is {startsOn.AddDays(13 * 7 - 1).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.");
    }
}
