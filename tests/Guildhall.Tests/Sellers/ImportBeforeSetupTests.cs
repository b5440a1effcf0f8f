using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>The import pages before anyone said which currency the marketplace's money is in.</summary>
public sealed class ImportBeforeSetupTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Leads_to_the_set_up_and_goes_on_with_the_same_file_afterwards()
    {
        var browser = await product.Manager();
        (string, string)[] mapping = [("column:seller_id", "seller_id"), ("column:day", "day"), ("column:revenue", "revenue")];
        var upload = await browser.Upload("/settings/import", "days.csv", "seller_id,day,revenue\na,2018-05-01,1.00\n"u8.ToArray(), ("kind", "days"));
        var page = upload.Location.ShouldNotBeNull();

        var shown = await browser.Page(page);
        var early = await browser.Post($"{page}/check", mapping);
        (await browser.Post("/settings/marketplace", ("Name", "Olive Street"), ("CurrencyCode", "BRL"), ("TimeZone", "America/Sao_Paulo"), ("Start", "empty"))).Location.ShouldBe("/settings/import");
        var later = await browser.Post($"{page}/check", mapping);

        shown.QuerySelector("main .gh-notice a[href='/settings/marketplace']").ShouldNotBeNull();
        early.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        early.Words.ShouldContain("Finish the set-up first: /settings/marketplace names the currency.");
        early.Page.QuerySelector("main .gh-notice a[href='/settings/marketplace']").ShouldNotBeNull();
        later.Location.ShouldBe(page);
        (await browser.Page(page)).QuerySelector("main a[href='/settings/marketplace']").ShouldBeNull();
    }
}
