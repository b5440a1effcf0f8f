using System.Globalization;
using System.Net;
using System.Text;
using Guildhall.Modules.People;
using Guildhall.Platform.Access;
using Guildhall.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Platform;

/// <summary>Requests that no page of ours sends: they are refused, and never fail in the product.</summary>
public sealed class OddRequestTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Answers_every_form_that_comes_empty_or_as_something_else_without_failing()
    {
        var scene = await ProgramScene.GivenProgram(product);
        // Signing out is among them, and the other test's manager stays.
        using var browser = await product.Another("Odd Requests", "odd@example.com", Role.Manager, Role.Administrator);
        var routes = Routes("POST", scene.Slug);
        var token = (await browser.Page("/manage/new")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var failed = new List<string>();
        foreach (var path in routes)
        {
            foreach (var (kind, body) in new (string, Func<HttpContent?>)[]
            {
                ("nothing", () => null),
                ("JSON", () => new StringContent("{}", Encoding.UTF8, "application/json")),
                ("an empty form", () => new FormUrlEncodedContent([])),
                ("a multipart form without a boundary", () => new ByteArrayContent([1, 2, 3]) { Headers = { { "Content-Type", "multipart/form-data" } } }),
            })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body(), Headers = { { "RequestVerificationToken", token } } };
                var answer = await browser.Send(request);
                if ((int)answer.Status >= 500) failed.Add($"{path} with {kind}: {answer.Status}");
            }
        }

        failed.ShouldBeEmpty();
        routes.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Refuses_an_address_with_a_NUL()
    {
        var scene = await ProgramScene.GivenProgram(product);
        // Somebody whom every page lets in.
        using var everybody = await product.Another("Nobody Refused", "nul@example.com", account =>
        {
            account.ActFor(Guid.NewGuid());
            account.Grant(Role.Administrator, product.Clock.GetUtcNow());
        });
        var routes = Routes("GET", scene.Slug);

        foreach (var path in (string[])[.. routes.Select(path => $"{path}?q=%00&side=%00&category=%00&program=%00"), "/manage/sellers?q%00=1"])
            (await everybody.Get(path)).Status.ShouldBe(HttpStatusCode.BadRequest, path);
        (await everybody.Get("/manage/a%00b/people")).Status.ShouldBe(HttpStatusCode.BadRequest);
        routes.Count.ShouldBeGreaterThan(20);
    }

    /// <summary>Every address of this method, of a program where it names one. Leaving comes last: who has left is nobody.</summary>
    List<string> Routes(string method, string program) =>
    [
        .. product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(route => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => Text(part, program))))))
            .Distinct().OrderBy(path => path.StartsWith("/sign-", StringComparison.Ordinal)).ThenBy(path => path, StringComparer.Ordinal),
    ];

    static string Text(RoutePatternPart part, string program) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "program" } => program,
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => Guid.Empty.ToString("D", CultureInfo.InvariantCulture),
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "int") => "1",
        _ => "x",
    };
}
