using System.Net;
using System.Security.Cryptography;
using System.Text;
using Guildhall.Modules.People;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Guildhall.Tests.People;

/// <summary>Passwords that became public elsewhere, looked up at a service that is told five characters.</summary>
public sealed class BreachedPasswordTests(TestPostgres postgres)
{
    const string Public = "velvet harbor pinecone";
    const string Private = "copper meadow lighthouse";

    [Fact]
    public async Task Refuses_a_password_that_became_public_and_sends_five_characters_of_its_hash()
    {
        await using var service = await RangeService.Listen();
        service.Lines = $"00000000000000000000000000000000000:7\r\n{Hash(Public)[5..]}:52\r\n{Hash(Private)[5..]}:0\r\n";
        await using var product = await Started(service.Ranges);
        var manager = await product.Manager();
        service.Asked.Clear();

        var refused = await Change(manager, Public);
        var taken = await Change(manager, Private);

        (refused.Status, refused.Page.QuerySelector("#NewPassword-error")!.TextContent).ShouldBe((HttpStatusCode.UnprocessableEntity, "Enter another password: this one became public when some other site was broken into, so it is among the first that are tried."));
        taken.Location.ShouldBe("/account?did=password", "padding that was seen 0 times is no hit");
        service.Asked.ShouldBe([$"GET /range/{Hash(Public)[..5]} ", $"GET /range/{Hash(Private)[..5]} "]);
    }

    [Fact]
    public async Task Looks_it_up_at_the_first_account_and_at_a_reset_too()
    {
        await using var service = await RangeService.Listen();
        service.Lines = $"{Hash(Public)[5..]}:52";
        await using var product = await Started(service.Ranges);
        using var visitor = product.Visitor();
        var link = $"/first-run/{await product.NewFirstRunLink()}";

        (await visitor.Post(link, ("Name", "Dana Reyes"), ("Email", RunningProduct.ManagerEmail), ("Password", Public))).Page.QuerySelector("#Password-error").ShouldNotBeNull();
        await product.Manager();
        await visitor.Post("/forgotten", ("Email", RunningProduct.ManagerEmail));
        (await visitor.Post(await product.LinkTo(RunningProduct.ManagerEmail, "Set a new password"), ("Password", Public))).Page.QuerySelector("#Password-error").ShouldNotBeNull();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Stops_nobody_when_the_service_does_not_answer(int status)
    {
        await using var service = await RangeService.Listen();
        service.Status = status;
        await using var product = await Started(status < 0 ? new PasswordRanges(new Uri("http://127.0.0.1:9/range/")) : service.Ranges);
        var manager = await product.Manager();

        (await Change(manager, Public)).Location.ShouldBe("/account?did=password");
    }

    [Fact]
    public async Task Sends_nothing_unless_it_is_set()
    {
        await using var service = await RangeService.Listen();
        await using var product = await Started(null);

        (await Change(await product.Manager(), Public)).Location.ShouldBe("/account?did=password");

        service.Asked.ShouldBeEmpty();
        PasswordRanges.Parse(" ").Value.ShouldBeNull();
    }

    [Theory]
    [InlineData("api.example.com/range/")]
    [InlineData("http://api.example.com/range/")]
    [InlineData("https://api.example.com/range")]
    public void Names_a_setting_that_can_not_be_read(string setting) =>
        PasswordRanges.Parse(setting).Refusal.ShouldNotBeNull().Message.ShouldStartWith("GUILDHALL_PASSWORD_RANGES can’t be read.");

    async Task<RunningProduct> Started(PasswordRanges? ranges)
    {
        var product = new RunningProduct(postgres) { Adjust = services => { if (ranges is not null) services.AddSingleton(ranges); } };
        await product.InitializeAsync();
        return product;
    }

    static Task<Answer> Change(Browser browser, string wanted) => browser.Post("/account/password", ("OldPassword", RunningProduct.Password), ("NewPassword", wanted));

#pragma warning disable CA5350 // As the service has it.
    static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350

    /// <summary>A range service on loopback that notes what it was asked.</summary>
    sealed class RangeService(WebApplication app) : IAsyncDisposable
    {
        public List<string> Asked { get; } = [];
        public string Lines { get; set; } = "";

        /// <summary>What it answers with; at 0 not within the product's patience.</summary>
        public int Status { get; set; } = 200;

        public PasswordRanges Ranges => new(new Uri($"{app.Urls.Single()}/range/"));

        public static async Task<RangeService> Listen()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var service = new RangeService(app);
            app.Run(async http =>
            {
                using var body = new StreamReader(http.Request.Body);
                var sent = await body.ReadToEndAsync();
                lock (service.Asked) service.Asked.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {sent}");
                if (service.Status == 0) await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                else http.Response.StatusCode = service.Status;
                if (service.Status == 302) http.Response.Headers.Location = $"{app.Urls.Single()}/range/elsewhere";
                if (service.Status == 200) await http.Response.WriteAsync(service.Lines);
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return service;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
