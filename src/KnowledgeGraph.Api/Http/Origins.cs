using KnowledgeGraph.Api.Keys;
using Microsoft.Net.Http.Headers;

namespace KnowledgeGraph.Api.Http;

/// <summary>
/// Where no key is needed, whoever can send a request may change what is here, and any page that somebody on this machine looks at makes their
/// browser send some. A browser says by Origin which page it is. So a request that may change something and has an Origin is refused unless
/// that is the service's own or one of <c>CorsOrigins</c>. The service's own is one on a loopback name: a name of the page's owner that leads
/// here (DNS rebinding) would be equal to Host as well. Programs that are no browsers send no Origin.
/// </summary>
public static class Origins
{
    public static IApplicationBuilder UseOrigins(this IApplicationBuilder app, KnowledgeGraphOptions options) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        var origin = request.Headers[HeaderNames.Origin].ToString();
        var isSafe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (origin.Length == 0 || isSafe || context.RequestServices.GetRequiredService<KeyRule>().IsRequired || options.CorsOrigins.Contains(origin) || IsOwn(request, origin, options))
            await next(context);
        else
            await Problems.ForeignOrigin.With($"The page is of {origin}; the setting KnowledgeGraph:CorsOrigins names those that may.").ExecuteAsync(context);
    });

    // Whoever switched the keys off on other addresses has said that anybody may.
    private static bool IsOwn(HttpRequest request, string origin, KnowledgeGraphOptions options) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && (page.IsLoopback || options.KeysRequired == false);
}
