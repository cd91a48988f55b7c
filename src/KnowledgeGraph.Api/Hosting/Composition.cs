using KnowledgeGraph.Api.Claims;
using KnowledgeGraph.Api.Curation;
using KnowledgeGraph.Api.Entities;
using KnowledgeGraph.Api.Events;
using KnowledgeGraph.Api.Exports;
using KnowledgeGraph.Api.Facts;
using KnowledgeGraph.Api.Graph;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Keys;
using KnowledgeGraph.Api.Operations;
using KnowledgeGraph.Api.Reports;
using KnowledgeGraph.Api.Series;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Api.Webhooks;
using KnowledgeGraph.EventStore.Daemon;
using KnowledgeGraph.EventStore.Streams;

namespace KnowledgeGraph.Api.Hosting;

/// <summary>What the host is made of, and the order in which a request goes through it.</summary>
public static class Composition
{
    public static void AddKnowledgeGraph(this WebApplicationBuilder builder, KnowledgeGraphOptions options, string connectionString, Extract extract)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Log.Configure(builder.Logging);
        builder.Services.ConfigureHttpJsonOptions(http => Json.Configure(http.SerializerOptions));
        builder.Services.AddOpenApiDocument();
        builder.Services.AddAccess().AddTraffic(options);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(extract)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => Sessions.Open(connectionString))
            .AddSingleton<EventLog>()
            .AddSingleton(DaemonOptions.Default)
            .AddViews(GraphViews.Set)
            .AddViews(EventIndex.Set)
            .AddSingleton<ProjectionDaemon>()
            .AddSingleton<DeadLetters>()
            .AddSingleton<EventReader>()
            .AddSingleton<EventTail>()
            .AddHostedService(services => services.GetRequiredService<EventTail>())
            .AddSingleton<Documents>()
            .AddSingleton<ReportIngest>()
            .AddSingleton<Inbox>()
            .AddSingleton<Jobs>()
            .AddSingleton<InboxWorker>()
            .AddHostedService(services => services.GetRequiredService<InboxWorker>())
            .AddSingleton<SeedIngest>()
            .AddSingleton<Curator>()
            .AddSingleton<Replay>()
            .AddSingleton<Rebuild>()
            .AddSingleton<RebuildRecord>()
            .AddSingleton<RebuildWorker>()
            .AddHostedService(services => services.GetRequiredService<RebuildWorker>())
            .AddSingleton(new Targets(options.WebhookNetworks))
            .AddSingleton(DeliveryPolicy.Default)
            .AddSingleton<Subscriptions>()
            .AddSingleton<Delivery>()
            .AddHostedService<WebhookWorker>()
            .AddSingleton<Readiness>()
            .AddSingleton<Announcement>()
            .AddHostedService<Startup>();
    }

    private static IServiceCollection AddViews(this IServiceCollection services, ViewSet set) =>
        services.AddSingleton(set).AddSingleton(set.Fold(set.Schema));

    /// <summary>Where to listen if neither arguments nor environment say so.</summary>
    public static void ListenByDefaultOn(this WebApplicationBuilder builder, string url)
    {
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
            builder.WebHost.UseUrls(url);
    }

    public static void UseKnowledgeGraph(this WebApplication app)
    {
        app.UseProblems();
        app.UseOpenApiPage();
        app.UseRouting();
        app.UseCors();
        app.UseOrigins(app.Services.GetRequiredService<KnowledgeGraphOptions>());
        app.UseReadinessGate();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseParameterContract();
        app.UseMoments();
        app.MapProbes();
        app.MapProblems();
        app.MapReports();
        app.MapJobs();
        app.MapFacts();
        app.MapEntities();
        app.MapClaims();
        app.MapSeries();
        app.MapCuration();
        app.MapChanges();
        app.MapGraph();
        app.MapExports();
        app.MapEvents();
        app.MapOperations();
        app.MapKeys();
        app.MapWebhooks();
    }
}
