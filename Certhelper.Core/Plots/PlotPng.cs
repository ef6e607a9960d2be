using Certhelper.Core.Reports;
using SkiaSharp;

namespace Certhelper.Core.Plots;

/// <summary>Plots as PNG for presentations: the strokes of the SVG, in the fonts that come with the program.</summary>
internal static class PlotPng
{
    // Sharp on a projector: 1920 pixels wide.
    private const float Scale = 3;

    private static readonly Lazy<SKTypeface> Letters = new(() =>
    {
        using var stream = typeof(PlotPng).Assembly.GetManifestResourceStream("Certhelper.Core.Fonts.regular.ttf")
            ?? throw new InvalidOperationException("The fonts of the plots are not in the program; build it anew.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    });

    public static byte[] Render(ChartFigure figure)
    {
        using var surface = SKSurface.Create(new SKImageInfo((int)(ChartDrawing.Width * Scale), (int)((ChartDrawing.HeightOf(figure) + ChartDrawing.TitleHeight) * Scale)));
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale(Scale);
        Draw(canvas, ChartDrawing.Title(figure));
        canvas.Translate(0, (float)ChartDrawing.TitleHeight);
        foreach (var stroke in ChartDrawing.Draw(figure)) Draw(canvas, stroke);
        using var image = surface.Snapshot();
        using var bytes = image.Encode(SKEncodedImageFormat.Png, 100);
        return bytes.ToArray();
    }

    private static void Draw(SKCanvas canvas, ChartStroke stroke)
    {
        using var paint = new SKPaint();
        paint.IsAntialias = true;
        switch (stroke)
        {
            case ChartBox box:
                paint.Color = Colour(box.Tone);
                paint.IsStroke = box.Hollow;
                paint.StrokeWidth = 1.4f;
                var rectangle = SKRect.Create((float)box.X, (float)box.Y, (float)box.Width, (float)box.Height);
                if (box.Hollow) rectangle.Inflate(-0.7f, -0.7f);
                canvas.DrawRect(rectangle, paint);
                break;
            case ChartLine line:
                paint.Color = Colour(line.Tone);
                paint.IsStroke = true;
                paint.StrokeWidth = (float)line.Thickness;
                using (var dash = line.Dash == ChartDash.None ? null : SKPathEffect.CreateDash(ChartSvg.Dashes(line.Dash), 0))
                using (var path = new SKPath())
                {
                    paint.PathEffect = dash;
                    path.AddPoly([.. line.Points.Select(point => new SKPoint((float)point.X, (float)point.Y))], close: false);
                    canvas.DrawPath(path, paint);
                }

                break;
            case ChartMark mark:
                paint.Color = Colour(mark.Tone);
                using (var path = SKPath.ParseSvgPathData(ChartSvg.Outline(mark))) canvas.DrawPath(path, paint);
                break;
            case ChartWord word:
                paint.Color = Colour(ChartTone.Ink);
                using (var font = new SKFont(Letters.Value, (float)word.Size))
                {
                    canvas.DrawText(
                        word.Text, (float)word.X, (float)word.Y, word.Anchor < 0 ? SKTextAlign.Left : word.Anchor > 0 ? SKTextAlign.Right : SKTextAlign.Center, font, paint);
                }

                break;
            default:
                throw new NotSupportedException($"A stroke of type {stroke.GetType()} cannot be drawn.");
        }
    }

    private static SKColor Colour(ChartTone tone) => SKColor.Parse(ReportColours.Of(tone));
}
