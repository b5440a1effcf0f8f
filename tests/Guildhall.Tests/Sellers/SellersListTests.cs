using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Sellers;

/// <summary>The filter of the sellers list in a marketplace of more categories than a select serves.</summary>
public sealed class SellersListTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Offers_the_categories_of_most_sellers_says_so_and_keeps_the_chosen_one()
    {
        var count = SellersList.MostCategories;
        await database.ExecuteAsync($"INSERT INTO sellers.seller (id, external_id, category) SELECT gen_random_uuid(), n || '-' || twice, 'category ' || lpad(n::text, 4, '0') FROM generate_series(1, {count} + 1) n, generate_series(1, 2) twice WHERE n > 1 OR twice = 1");
        await using var services = database.BuildServices();
        await using var scope = services.CreateAsyncScope();
        var list = scope.ServiceProvider.GetRequiredService<SellersList>();

        var all = (await list.Of(new(), TestContext.Current.CancellationToken)).Grid.Filters!.Single();
        var chosen = (await list.Of(new() { Category = "category 0001" }, TestContext.Current.CancellationToken)).Grid.Filters!.Single();

        all.Label.ShouldBe($"Category, of the {count} with most sellers");
        all.Choices.Select(choice => choice.Value).ShouldBe(["", .. Enumerable.Range(2, count).Select(n => $"category {n:0000}")]);
        chosen.Choices.Select(choice => choice.Value).ShouldBe(["", .. Enumerable.Range(1, count + 1).Select(n => $"category {n:0000}")]);
    }
}
