namespace Guildhall.Platform.Ui;

/// <summary>What the pages need from the host: templates, antiforgery, headers, assets and the theme switch.</summary>
public static class UiSetup
{
    // No inline script and no inline style anywhere (docs/decisions/0005-pages-without-inline-code.md);
    // data: is the tick inside a checked box, drawn by the style sheet.
    const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "guildhall-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        return services;
    }

    public static IApplicationBuilder UsePageHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        // Set as the answer starts: the page about our own failure begins by clearing what was set before.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            // Once over TLS, for a year only over TLS. Without the names below this one: they may not be ours.
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        });
        return next(http);
    });

    public static IEndpointRouteBuilder MapUi(this IEndpointRouteBuilder routes)
    {
        PageAssets.Map(routes);
        ThemeChoice.Map(routes);
        return routes;
    }
}
